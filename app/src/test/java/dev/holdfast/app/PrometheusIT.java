package dev.holdfast.app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks a real Prometheus, which watches the real services at work on the sample stream, all that
 * dashboards and rules ask. Skipped, with a word on why, where there is no Prometheus.
 */
class PrometheusIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int DOCUMENTS = 60;

  @TempDir static Path folder;

  private static final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private static final Map<Part, Node> nodes = new EnumMap<>(Part.class);
  private static PrometheusServer prometheus;

  @BeforeAll
  static void playTheSampleStream() throws Exception {
    EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
    opened.push(broker);
    Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
    for (Part part : Part.values()) {
      nodes.put(part, start(part, kafka));
      opened.push(nodes.get(part));
    }
    prometheus =
        PrometheusServer.start(
            Files.createDirectory(folder.resolve("prometheus")),
            nodes.entrySet().stream()
                .collect(toMap(node -> node.getKey().label(), node -> host(node.getValue()))));
    opened.push(prometheus);
    for (Node node : nodes.values()) {
      node.awaitReady(StopSignal.never(), PATIENCE, line -> {});
    }
    // A rate needs a number from before.
    awaitValues("sum(up) == 4", "sum(count_over_time(up[1m]) >= 2)");
    play(kafka);
  }

  private static Node start(Part part, Map<String, String> kafka) throws Exception {
    Map<String, String> settings =
        Map.of("ingest.state-directory", folder.resolve("ingest").toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    return Node.start(configuration, EnumSet.of(part), kafka, InstantSource.system());
  }

  private static String host(Node node) {
    return URI.create(node.address()).getAuthority();
  }

  /** Documents and their annotations as the demo sends them, and one message that is refused. */
  private static void play(Map<String, String> kafka) throws Exception {
    SampleStream sample = new SampleStream(21);
    Replay.Pace pace = new Replay.Pace(4, OptionalDouble.empty(), 1, Duration.ofMinutes(2));
    try (PipelineClient client = new PipelineClient(kafka);
        KafkaProducer<String, String> producer =
            new KafkaProducer<>(
                Map.copyOf(kafka), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(DocumentTopics.DOCUMENTS_IN.name(), "bad", "{")).get();
      List<LabelledDocument> documents =
          IntStream.range(0, DOCUMENTS).mapToObj(sample::at).toList();
      new Replay(client, pace, (progress, seconds) -> true, System::nanoTime)
          .run(documents.iterator());
    }
    // So that garbage collection shows, whether or not it was needed.
    System.gc();
  }

  @AfterAll
  static void stop() throws Exception {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  @Test
  void everyQueryOfEveryDashboardReturnsData() throws Exception {
    List<Dashboards.Query> queries = Dashboards.queries();

    assertThat(queries).hasSizeGreaterThan(50);
    assertReturnData(
        queries.stream()
            .collect(
                toMap(
                    query -> query.where() + ": " + query.text(),
                    Dashboards.Query::sent,
                    (one, same) -> one,
                    TreeMap::new)));
  }

  @Test
  void everyRecordingRuleRecords() throws Exception {
    List<Rules.Rule> recording = Rules.read().recording();

    assertThat(recording).isNotEmpty();
    assertReturnData(
        recording.stream()
            .collect(toMap(Rules.Rule::name, Rules.Rule::name, (one, same) -> one, TreeMap::new)));
  }

  @Test
  void everyAlertWouldFireWereItNotForItsThresholds() throws Exception {
    List<Rules.Rule> alerts = Rules.read().alerts();

    assertThat(alerts).hasSizeGreaterThan(10);
    assertReturnData(
        alerts.stream()
            .collect(
                toMap(
                    Rules.Rule::name,
                    rule -> Promql.withoutThresholds(rule.expression()),
                    (one, same) -> one,
                    TreeMap::new)));
  }

  @Test
  void prometheusCanEvaluateEveryRule() {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(prometheus.sickRules()).isEmpty());
  }

  @Test
  void theMetersOfEveryServiceAreNamedAsPrometheusWantsThem() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    for (Map.Entry<Part, Node> node : nodes.entrySet()) {
      URI metrics = URI.create(node.getValue().address() + "/metrics");
      String scrape =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      Path file =
          Files.writeString(
              folder.resolve(node.getKey().label() + ".metrics"), scrape, StandardCharsets.UTF_8);

      assertThat(scrape).contains("holdfast_" + node.getKey().label());
      Tool.run(file, "promtool", "check", "metrics");
    }
  }

  /** Within a while, each query has at least one value that is a number. */
  private static void assertReturnData(SortedMap<String, String> queries) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              SortedMap<String, String> without = new TreeMap<>();
              for (Map.Entry<String, String> query : queries.entrySet()) {
                if (prometheus.values(query.getValue()).isEmpty()) {
                  without.put(query.getKey(), query.getValue());
                }
              }
              assertThat(without)
                  .as(
                      "queries without data%n%s",
                      without.keySet().stream().collect(joining(System.lineSeparator())))
                  .isEmpty();
            });
  }

  private static void awaitValues(String... queries) {
    for (String query : queries) {
      Awaitility.await(query).atMost(PATIENCE).until(() -> !prometheus.values(query).isEmpty());
    }
  }
}
