package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Manifest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do to what is learned beyond going back: documents out, weights in. */
class LineageIT {
  /** Of a second or two in all, so that rounds are learned again in no more. */
  private static final Map<String, String> LEARNING =
      Map.of(
          "learner.learning.youth-rehearsals", "10",
          "learner.learning.idle-rehearsals", "2",
          "learner.publish.keep-versions", "100");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;

  private static EmbeddedKafka broker;
  private static Map<String, String> kafka;
  private static Node node;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
    node = startServices();
  }

  private static Node startServices() throws Exception {
    Map<String, String> settings = new HashMap<>(LEARNING);
    settings.put("ingest.state-directory", folder.resolve("ingest").toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node started =
        Node.start(configuration, EnumSet.allOf(Part.class), kafka, InstantSource.system());
    started.awaitReady(StopSignal.never(), Duration.ofMinutes(2), line -> {});
    return started;
  }

  @AfterAll
  static void stop() {
    node.close();
    broker.close();
  }

  @Test
  void aDocumentIsForgottenEverywhereAndUnlearned() throws Exception {
    SampleStream sample = new SampleStream(31);
    DocumentId id = sample.at(1).document().id();
    long before = watched();
    try (Seen seen = new Seen(kafka)) {
      for (int i = 0; i < 3; i++) {
        teach(seen, sample.at(i));
      }
      long learnedBy = seen.learnedBy(id);
      assertThat(watched()).isEqualTo(before + 3);

      assertThat(delete(id)).isEqualTo(202);
      awaitForgotten(DocumentTopics.DOCUMENTS, "default/" + id);
      awaitForgotten(ExtractionTopics.EXTRACTIONS, id.value());
      awaitForgotten(DocumentTopics.EXAMPLES, "default");
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> watched() == before + 2);

      JsonNode done = run(0, "unlearn", id.value());
      long version = done.get("version").asLong();
      assertThat(version).isGreaterThan(learnedBy);
      assertThat(done.get("roundsRelearned").asInt()).isGreaterThanOrEqualTo(2);
      assertThat(done.get("seconds").asDouble()).isPositive();
      assertThat(versions()).doesNotContain(learnedBy).contains(version);
      assertThat(run(0, "show", Long.toString(version)).get("unlearned").asText())
          .isEqualTo(id.value());
      assertThat(run(0, "rebuild", Long.toString(version)).get("equal").asBoolean()).isTrue();
      assertThat(run(2, "unlearn", id.value()).get("refused").asText())
          .isEqualTo("unknown_document");

      node.close();
      node = startServices();
      teach(seen, sample.at(3));
      long later = seen.learnedBy(sample.at(3).document().id());
      assertThat(run(0, "rebuild", Long.toString(later)).get("equal").asBoolean()).isTrue();
      assertThat(mismatches()).isZero();
    }
  }

  @Test
  void anExportedVersionIsImportedIntoAnotherCollectionAndCanBeRebuilt() throws Exception {
    SampleStream sample = new SampleStream(32);
    Path export = folder.resolve("export");
    try (Seen seen = new Seen(kafka)) {
      teach(seen, sample.at(0));
      long version = seen.learnedBy(sample.at(0).document().id());
      JsonNode exported = run(0, "export", Long.toString(version), "--to", export.toString());

      JsonNode done = run(0, "import", export.toString(), "--collection", "elsewhere");

      assertThat(done.get("version").asLong()).isEqualTo(1);
      assertThat(done.get("digest")).isEqualTo(exported.get("digest"));
      seen.await(
          "the imported version", () -> seen.versions.stream().anyMatch(LineageIT::isImported));
      JsonNode rebuilt = run(0, "rebuild", "1", "--collection", "elsewhere");
      assertThat(rebuilt.get("equal").asBoolean()).isTrue();
    }
    Files.write(export.resolve(ExportCommand.WEIGHTS), new byte[] {0}, StandardOpenOption.APPEND);
    assertThat(execute(2, "import", export.toString())).isEmpty();
  }

  @Test
  void aCollectionIsForkedLearnsForItselfAndIsMergedBack() throws Exception {
    SampleStream sample = new SampleStream(33);
    try (Seen seen = new Seen(kafka)) {
      teach(seen, sample.at(0));
      long version = seen.learnedBy(sample.at(0).document().id());
      JsonNode forked = run(0, "fork", "--from", "default/" + version, "--to", "branch");
      assertThat(forked.get("version").asLong()).isEqualTo(1);
      JsonNode origin = run(0, "show", "1", "--collection", "branch");
      assertThat(origin.get("parent").asLong()).isZero();
      assertThat(origin.get("from").get("collection").asText()).isEqualTo("default");
      assertThat(origin.get("from").get("version").asLong()).isEqualTo(version);
      assertThat(origin.get("digest"))
          .isEqualTo(run(0, "show", Long.toString(version)).get("digest"));

      teach(seen, in("branch", sample.at(1)));
      long learned = seen.learnedBy(sample.at(1).document().id());
      run(0, "fork", "--from", "branch", "--to", "twig");
      JsonNode merged = run(0, "merge", "--from", "twig", "--into", "default");
      String number = merged.get("version").asText();
      assertThat(run(0, "show", number).get("parent").asLong()).isGreaterThanOrEqualTo(version);
      assertThat(run(0, "show", number).get("from").get("collection").asText()).isEqualTo("twig");

      assertThat(run(0, "rebuild", number).get("equal").asBoolean()).isTrue();
      assertThat(rebuilt("branch", learned)).isTrue();
      assertThat(rebuilt("twig", 1)).isTrue();
      assertThat(run(2, "fork", "--from", "default", "--to", "branch").get("refused").asText())
          .isEqualTo("already_begun");
      assertThat(execute(2, "fork", "--from", "nobody", "--to", "new")).isEmpty();
      assertThat(mismatches()).isZero();
    }
  }

  private static boolean rebuilt(String collection, long version) throws Exception {
    return run(0, "rebuild", Long.toString(version), "--collection", collection)
        .get("equal")
        .asBoolean();
  }

  private static LabelledDocument in(String collection, LabelledDocument labelled) {
    Document document = labelled.document();
    Document elsewhere =
        new Document(
            document.id(),
            new CollectionName(collection),
            document.type(),
            document.language(),
            document.pages(),
            document.tokens());
    Annotation annotation = labelled.annotation();
    return new LabelledDocument(
        elsewhere,
        new Annotation(
            elsewhere.key(),
            annotation.annotator(),
            annotation.source(),
            annotation.at(),
            annotation.marks()));
  }

  private static boolean isImported(Manifest manifest) {
    return manifest.version().collection().value().equals("elsewhere")
        && manifest.provenance().imported().isPresent();
  }

  /** Teaches one document and waits until everyone knows it. */
  private static void teach(Seen seen, LabelledDocument document) {
    long before = watched();
    seen.client().send(document.document());
    seen.client().send(document.annotation());
    seen.awaitLearned(document.document().id());
    seen.awaitExtraction(document.document().id());
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> watched() > before);
  }

  private static long watched() {
    return node.service(MonitoringService.class)
        .orElseThrow()
        .snapshot()
        .scores()
        .counts()
        .watched();
  }

  private static int delete(DocumentId id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.address() + "/v1/documents/" + id)).DELETE().build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
  }

  private static double mismatches() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(node.address() + "/metrics")).build();
    return HttpClient.newHttpClient()
        .send(request, BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith("holdfast_learner_mismatches"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitForgotten(Topic<?, ?> topic, String key) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> forgotten = new ArrayList<>();
      Awaitility.await(topic.name())
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(50))
                    .forEach(
                        record -> {
                          if (record.value() == null) {
                            forgotten.add(record.key());
                          }
                        });
                return forgotten.contains(key);
              });
    }
  }

  private static List<Long> versions() throws Exception {
    List<Long> versions = new ArrayList<>();
    run(0, "list")
        .get("versions")
        .forEach(version -> versions.add(version.get("version").asLong()));
    return versions;
  }

  private static JsonNode run(int exit, String... arguments) throws Exception {
    return JSON.readTree(execute(exit, arguments));
  }

  private static String execute(int exit, String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    return new OperatorShell(broker.bootstrap(), LEARNING).run(exit, all);
  }
}
