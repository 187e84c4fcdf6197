package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.version.LearnedExample;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks through the compose file without an engine: starts what each service of it says, the entry
 * point of the image with its own command and environment, as a process against one broker. Only
 * hosts, ports and paths are others.
 */
class ComposeIT {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final String PORT = "8080";

  @TempDir Path folder;

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroy);
    processes.forEach(process -> process.onExit().join());
  }

  @Test
  void anAnnotationBecomesAVersionAndAnExtraction() throws Exception {
    try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"))) {
      Map<ComposeFile.Service, Integer> ports = new LinkedHashMap<>();
      for (ComposeFile.Service service : ComposeFile.services()) {
        if (service.ours() && !service.command().contains("demo")) {
          ports.put(service, freePort());
          start(service, broker, ports.get(service));
        }
      }
      assertThat(ports.keySet())
          .extracting(ComposeFile.Service::name)
          .contains("ingest", "learner", "serving", "serving-2", "serving-3", "monitoring");
      for (Map.Entry<ComposeFile.Service, Integer> service : ports.entrySet()) {
        awaitHealthy(service.getKey(), service.getValue());
      }
      Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrap());
      try (Seen seen = new Seen(kafka)) {
        teach(seen, new SampleStream(31).at(0));
        demoPlays(seen, broker);
      }
      assertThat(processes).allMatch(Process::isAlive);
    }
  }

  /** What people say is learned, and read in the next document by every node that reads it. */
  private static void teach(Seen seen, LabelledDocument taught) {
    seen.client().send(taught.document());
    seen.awaitExtraction(taught.document().id());
    seen.client().send(taught.annotation());
    seen.awaitLearned(taught.document().id());
    assertThat(seen.learnedBy(taught.document().id())).isPositive();
  }

  /** The stream of the profile demo: its annotations become versions, and these its extractions. */
  private void demoPlays(Seen seen, EmbeddedKafka broker) throws Exception {
    ComposeFile.Service demo =
        ComposeFile.services().stream()
            .filter(service -> service.command().contains("demo"))
            .findFirst()
            .orElseThrow();
    start(demo, broker, 0);
    seen.await(
        "a version that learned what the demo says",
        () ->
            seen.versions.stream()
                    .flatMap(manifest -> manifest.learned().stream())
                    .map(LearnedExample::document)
                    .distinct()
                    .count()
                > 2);
    long learned = seen.versions.get(seen.versions.size() - 1).version().number();
    seen.await(
        "an extraction by version %d or a later one".formatted(learned),
        () -> seen.extractions.stream().mapToLong(Extraction::version).max().orElse(0) >= learned);
  }

  private void start(ComposeFile.Service service, EmbeddedKafka broker, int port)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve(service.name()));
    List<String> command = new ArrayList<>();
    for (String word : ComposeFile.entryPoint()) {
      command.add(here(word, home));
    }
    command.addAll(service.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log").toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("HOLDFAST_"));
    service
        .environment()
        .forEach(
            (name, value) ->
                builder
                    .environment()
                    .put(name, onLoopback(name, here(value, home), broker.bootstrap(), port)));
    processes.add(builder.start());
  }

  /** A word of the image with the places of this machine. */
  private static String here(String word, Path home) {
    return word.equals("java")
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : word.replace("/opt/holdfast", TARGET.toString())
            .replace("/opt/native", home.toString())
            .replace("/var/lib/holdfast", home.toString());
  }

  /** A value of a variable with hosts and ports of this machine. */
  private static String onLoopback(String name, String value, String bootstrap, int port) {
    return switch (name) {
      case "HOLDFAST_HTTP_ADDRESS" -> "127.0.0.1";
      case "HOLDFAST_HTTP_PORT" -> Integer.toString(port);
      default -> value.replace("kafka:9092", bootstrap);
    };
  }

  /** Until its own health check says so. */
  private void awaitHealthy(ComposeFile.Service service, int port) {
    List<String> check = service.healthcheck();
    assertThat(check).as(service.name()).startsWith("CMD").anyMatch(word -> word.contains(PORT));
    List<String> here =
        check.stream()
            .skip(1)
            .map(word -> word.replace("/" + PORT + " ", "/" + port + " "))
            .toList();
    Awaitility.await(service.name() + ", its log is in " + folder)
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              Process probe =
                  new ProcessBuilder(here)
                      .redirectErrorStream(true)
                      .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                      .start();
              return probe.waitFor(10, TimeUnit.SECONDS) && probe.exitValue() == 0;
            });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
