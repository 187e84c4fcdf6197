package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.learner.LearnerService;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Learners that die and learners that take over, on a real broker. */
class LearnerFaultIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** One example a round and one version a round: no run can differ from another by its timing. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "learner.round.max-examples", "1",
          "learner.rehearsal.idle", "false",
          "learner.publish.min-interval-millis", "0",
          "learner.publish.keep-versions", "1000",
          "learner.checkpoint.every-rounds", "5");

  @TempDir Path folder;
  private EmbeddedKafka broker;
  private Map<String, String> kafka;
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void startBroker() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
  }

  @AfterEach
  void stopBroker() throws Exception {
    for (AutoCloseable open : opened) {
      open.close();
    }
    broker.close();
  }

  @Test
  void aLearnerThatIsKilledAgainAndAgainLearnsEveryExampleOnceToTheSameWeights() throws Exception {
    int kills = 3;
    int examples = 24;
    for (int kill = 0; kill < kills; kill++) {
      Process learner = startProcess();
      int before = versions(kafka).size();
      int upTo = (kill + 1) * examples / (kills + 1);
      for (int i = kill * examples / (kills + 1); i < upTo; i++) {
        teach(kafka, i);
      }
      // In the midst of what it has to do.
      awaitVersions(kafka, before + 2);
      learner.destroyForcibly().waitFor();
    }
    startProcess();
    for (int i = kills * examples / (kills + 1); i < examples; i++) {
      teach(kafka, i);
    }
    awaitVersions(kafka, examples);

    List<Manifest> versions = versions(kafka);
    assertThat(learned(versions))
        .isEqualTo(IntStream.range(0, examples).mapToObj(this::id).toList());
    assertThat(versions)
        .extracting(manifest -> manifest.version().number())
        .isEqualTo(IntStream.rangeClosed(1, examples).mapToObj(Long::valueOf).toList());
    assertThat(versions).extracting(Manifest::digest).isEqualTo(undisturbed(examples));
  }

  /** The digests of a learner that nobody kills. */
  private List<Digest> undisturbed(int examples) throws Exception {
    try (EmbeddedKafka quiet = EmbeddedKafka.start(folder.resolve("quiet"))) {
      Map<String, String> clients = Map.of("bootstrap.servers", quiet.bootstrap());
      Topics.create(clients, Topics.all());
      for (int i = 0; i < examples; i++) {
        teach(clients, i);
      }
      LearnerService learner = service("1", clients);
      try {
        awaitVersions(clients, examples);
      } finally {
        learner.close();
      }
      return versions(clients).stream().map(Manifest::digest).toList();
    }
  }

  @Test
  void aSecondLearnerOfTheSameNameFencesTheFirstAndGoesOnWithTheSameWeights() throws Exception {
    LearnerService first = service("1", kafka);
    opened.add(first);
    teach(kafka, 0);
    awaitVersions(kafka, 1);

    LearnerService second = service("1", kafka);
    opened.add(second);
    awaitReady(second);
    teach(kafka, 1);
    teach(kafka, 2);
    awaitVersions(kafka, 3);

    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(first.health().live()).isFalse());
    assertThat(second.health().live()).isTrue();
    assertThat(versions(kafka)).extracting(Manifest::digest).isEqualTo(undisturbed(3));
  }

  @Test
  void aStandbyTakesOverFromALearnerThatDiedWithTheSameWeights() throws Exception {
    Process first = startProcess();
    teach(kafka, 0);
    teach(kafka, 1);
    awaitVersions(kafka, 2);
    LearnerService standby = service("2", kafka);
    opened.add(standby);
    awaitReady(standby);

    first.destroyForcibly().waitFor();
    long death = System.nanoTime();
    teach(kafka, 2);
    awaitVersions(kafka, 3);

    assertThat(Duration.ofNanos(System.nanoTime() - death)).isLessThan(Duration.ofSeconds(45));
    assertThat(versions(kafka)).extracting(Manifest::digest).isEqualTo(undisturbed(3));
    assertThat(learned(versions(kafka))).containsExactly(id(0), id(1), id(2));
  }

  private static LearnerService service(String instance, Map<String, String> clients) {
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("learner.instance", instance);
    LearnerService learner =
        new LearnerService(
            LearnerSettings.from(new SettingsReader(settings, "learner")),
            clients,
            new SimpleMeterRegistry(),
            InstantSource.system());
    learner.start();
    return learner;
  }

  private static void awaitReady(LearnerService learner) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(learner.health().ready()).isTrue());
  }

  /** The service's own command in a process of its own. */
  private Process startProcess() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Holdfast.class.getName(), "learner"));
    command.addAll(List.of("--bootstrap-servers", broker.bootstrap(), "-S", "http.port=0"));
    SETTINGS.forEach((key, value) -> command.addAll(List.of("-S", key + "=" + value)));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    opened.add(() -> process.destroyForcibly().waitFor());
    return process;
  }

  private static void awaitVersions(Map<String, String> clients, int count) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(versions(clients)).hasSizeGreaterThanOrEqualTo(count));
  }

  private static List<Manifest> versions(Map<String, String> clients) {
    return Versions.read(clients).manifests();
  }

  private static List<String> learned(List<Manifest> versions) {
    return versions.stream()
        .flatMap(manifest -> manifest.learned().stream())
        .map(LearnedExample::document)
        .map(DocumentId::value)
        .toList();
  }

  private String id(int number) {
    return "slip-" + number;
  }

  private void teach(Map<String, String> clients, int number) {
    String total = "%d.40".formatted(number);
    Document document =
        new Document(
            new DocumentId(id(number)),
            CollectionName.DEFAULT,
            "",
            "",
            List.of(new Page(595, 842)),
            List.of(
                new Token("TOTAL", new Box(100, 100, 200, 120), 0, 0),
                new Token(total, new Box(300, 100, 400, 120), 0, 0)));
    Mark mark = Mark.of(List.of(new FieldValue(total, List.of(new TokenSpan(1, 2)))));
    Example example =
        Example.unknown(document)
            .with(
                new Annotation(
                    document.key(),
                    "ana",
                    Source.HUMAN,
                    Instant.parse("2026-01-05T10:00:00Z"),
                    Map.of(new FieldName("total"), mark)));
    try (KafkaProducer<CollectionName, Example> producer =
        new KafkaProducer<>(
            Map.copyOf(clients),
            DocumentTopics.EXAMPLES.keys().serializer(),
            DocumentTopics.EXAMPLES.values().serializer())) {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  DocumentTopics.EXAMPLES.name(), CollectionName.DEFAULT, example));
    }
  }
}
