package dev.holdfast.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.opentest4j.TestAbortedException;

/**
 * A real Prometheus on the loopback interface with the configuration of this project: its rules and
 * its way from what is found to labels. Only where the processes are and how often they are asked
 * is another.
 */
final class PrometheusServer implements AutoCloseable {
  private static final Path CONFIGURATION = Rules.FILE.resolveSibling("prometheus.yml");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private PrometheusServer(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param folder where it keeps everything
   * @param services {@code host:port} of each, by the name that stands for it in the configuration
   * @throws TestAbortedException when there is no Prometheus on this machine, having said so
   */
  static PrometheusServer start(Path folder, Map<String, String> services) throws Exception {
    Path configuration = folder.resolve("prometheus.yml");
    Files.writeString(
        configuration, JsonMapper.builder().build().writeValueAsString(configuration(services)));
    String address = "127.0.0.1:" + freePort();
    Path log = folder.resolve("log");
    ProcessBuilder command =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=" + address)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    PrometheusServer server;
    try {
      server = new PrometheusServer(command.start(), address);
    } catch (IOException e) {
      String why = "skipped, no prometheus here to ask: " + e.getMessage();
      System.err.println(why);
      throw new TestAbortedException(why, e);
    }
    Awaitility.await("Prometheus is ready; its log is in " + log)
        .atMost(PATIENCE)
        .until(server::ready);
    return server;
  }

  /** The file of the project, with these processes in the place of names in a container network. */
  private static Map<String, Object> configuration(Map<String, String> services)
      throws IOException {
    Map<String, Object> configuration = Yaml.read(CONFIGURATION);
    configuration.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "1s"));
    List<String> rules =
        Yaml.list(configuration.get("rule_files")).stream()
            .map(file -> CONFIGURATION.resolveSibling(file.toString()).toString())
            .toList();
    configuration.put("rule_files", rules);
    for (Object job : Yaml.list(configuration.get("scrape_configs"))) {
      Map<String, Object> scrape = Yaml.mapping(job);
      scrape.put("static_configs", targets(scrape.remove("dns_sd_configs"), services));
    }
    return configuration;
  }

  /** What DNS would find: each address with the name it stands for. */
  private static List<Map<String, Object>> targets(Object dns, Map<String, String> services) {
    List<Map<String, Object>> targets = new ArrayList<>();
    for (Object lookup : Yaml.list(dns)) {
      for (Object name : Yaml.list(Yaml.mapping(lookup).get("names"))) {
        Map<String, Object> target = new HashMap<>();
        target.put("targets", List.of(services.get(name.toString())));
        target.put("labels", Map.of("__meta_dns_name", name));
        targets.add(target);
      }
    }
    return targets;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean ready() throws InterruptedException {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  /**
   * The finite values of a query now, one for each series.
   *
   * @throws AssertionError when Prometheus does not understand it
   */
  List<Double> values(String query) throws Exception {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    JsonNode data = data("/api/v1/query?query=" + encoded);
    return stream(data.path("result"))
        .map(series -> Double.valueOf(series.at("/value/1").asText().replace("Inf", "Infinity")))
        .filter(Double::isFinite)
        .toList();
  }

  /** What is wrong with rules at their last evaluation, by their names; empty is well. */
  Map<String, String> sickRules() throws Exception {
    Map<String, String> sick = new HashMap<>();
    for (JsonNode group : data("/api/v1/rules").path("groups")) {
      stream(group.path("rules"))
          .filter(rule -> !rule.path("health").asText().equals("ok"))
          .forEach(
              rule ->
                  sick.put(
                      rule.path("name").asText(),
                      rule.path("health").asText() + ": " + rule.path("lastError").asText()));
    }
    return sick;
  }

  private JsonNode data(String path) throws Exception {
    String body = get(path).body();
    JsonNode answer = JsonMapper.builder().build().readTree(body);
    if (!answer.path("status").asText().equals("success")) {
      throw new AssertionError("%s: expected success, was %s".formatted(path, body));
    }
    return answer.path("data");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://" + address + path)).build(),
        BodyHandlers.ofString());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements.stream();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
