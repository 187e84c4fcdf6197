package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.LabelledDocuments;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All services on one real broker, each test with documents of its own. */
class PipelineIT {
  @TempDir static Path folder;

  private static EmbeddedKafka broker;
  private static Map<String, String> kafka;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void documentComesFirst() throws Exception {
    LabelledDocument document = new SampleStream(11).at(0);
    try (Seen seen = new Seen(kafka);
        Node node = startServices()) {
      seen.client().send(document.document());
      seen.awaitExtraction(id(document));
      seen.client().send(document.annotation());
      seen.awaitLearned(id(document));
      assertServedByTheVersionThatLearned(document, seen, node);
      assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.live()).isTrue());
    }
  }

  @Test
  void annotationComesFirst() throws Exception {
    LabelledDocument document = new SampleStream(12).at(0);
    try (Seen seen = new Seen(kafka);
        Node node = startServices()) {
      seen.client().send(document.annotation());
      seen.client().send(document.document());
      seen.awaitExtraction(id(document));
      seen.awaitLearned(id(document));
      assertServedByTheVersionThatLearned(document, seen, node);
      assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.live()).isTrue());
    }
  }

  @Test
  void restartInTheMiddleLosesAndRepeatsNothing() throws Exception {
    SampleStream sample = new SampleStream(13);
    try (Seen seen = new Seen(kafka)) {
      try (Node node = startServices()) {
        for (int i = 0; i < 20; i++) {
          send(sample.at(i), seen);
        }
        // Half of the work is done, the rest is on its way through every service.
        seen.awaitLearned(id(sample.at(5)));
        assertThat(node.health().keySet()).hasSize(Part.values().length);
      }
      int before = seen.versions.size();
      try (Node node = startServices()) {
        for (int i = 20; i < 40; i++) {
          send(sample.at(i), seen);
        }
        for (int i = 0; i < 40; i++) {
          seen.awaitExtraction(id(sample.at(i)));
          seen.awaitSettled(id(sample.at(i)));
        }
        assertThat(node.health().keySet()).hasSize(Part.values().length);
      }
      assertThat(seen.extractionCounts()).hasSize(40).allSatisfy(PipelineIT::once);
      assertThat(seen.versions.size()).isGreaterThan(before);
      long first = seen.versionNumbers().get(0);
      assertThat(seen.versionNumbers())
          .isEqualTo(LongStream.range(first, first + seen.versions.size()).boxed().toList());
    }
  }

  @Test
  void badMessagesDoNotStopTheStream() throws Exception {
    LabelledDocument good = new SampleStream(14).at(0);
    try (Seen seen = new Seen(kafka);
        Node node = startServices()) {
      sendText(DocumentTopics.DOCUMENTS_IN.name(), "bad-1", "{\"id\": ");
      sendText(DocumentTopics.DOCUMENTS_IN.name(), "bad-2", "{\"id\": 7}");
      sendText(DocumentTopics.ANNOTATIONS_IN.name(), "bad-3", "[]");
      seen.client().send(good.document());
      seen.awaitExtraction(id(good));
      seen.await("three rejections", () -> seen.rejected.size() == 3);
      assertThat(seen.rejected)
          .containsExactlyInAnyOrder(
              new DocumentId("bad-1"), new DocumentId("bad-2"), new DocumentId("bad-3"));
      assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.live()).isTrue());
    }
  }

  @Test
  void rejectedMessagesThatNameNoDocumentArePassedOver() throws Exception {
    try (Seen seen = new Seen(kafka)) {
      for (String key : Arrays.asList(null, "", "a/b", "x".repeat(257), "named")) {
        reject(key);
      }
      seen.client().drain(seen);
      assertThat(seen.rejected).containsExactly(new DocumentId("named"));
    }
  }

  @Test
  void submittedDocumentsAreExtractedAndTheirVersionsListed() throws Exception {
    Path file = folder.resolve("submit.jsonl");
    LabelledDocument labelled = new SampleStream(15).at(0);
    LabelledDocument bare = new SampleStream(15).at(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      LabelledDocuments.write(out, labelled);
      out.write(JsonOutput.bytes(DocumentJson::write, bare.document()));
    }
    try (Seen seen = new Seen(kafka);
        Node node = startServices()) {
      Path printed = Files.writeString(folder.resolve("receipt.txt"), "TOTAL  9.00\n");
      List<String> extractions = run("submit", file.toString(), printed.toString());
      assertThat(extractions)
          .hasSize(3)
          .anyMatch(line -> line.contains("\"receipt.txt\""))
          .anyMatch(line -> line.contains("\"" + id(labelled) + "\""))
          .anyMatch(line -> line.contains("\"" + id(bare) + "\""));
      seen.awaitLearned(id(labelled));
      assertThat(seen.learnedBy(id(bare))).isZero();
      assertThat(run("models", "list", "--json"))
          .singleElement()
          .asString()
          .contains("\"version\":" + seen.learnedBy(id(labelled)));
      assertThat(node.health()).allSatisfy((name, health) -> assertThat(health.live()).isTrue());
    }
  }

  private static List<String> run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bootstrap-servers", broker.bootstrap()));
    int exit =
        Holdfast.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    assertThat(exit).as(err.toString()).isZero();
    return out.toString().lines().toList();
  }

  private static void assertServedByTheVersionThatLearned(
      LabelledDocument taught, Seen seen, Node node) {
    ServedVersion.await(node, seen.learnedBy(id(taught)));
    Document again = renamed(taught.document(), id(taught) + "-again");
    seen.client().send(again);
    seen.awaitExtraction(again.id());
    assertThat(seen.extraction(again.id()).version())
        .isGreaterThanOrEqualTo(seen.learnedBy(id(taught)));
    assertThat(seen.extraction(again.id()).fields()).isNotEmpty();
    assertThat(seen.extractionCounts())
        .containsOnlyKeys(id(taught), again.id())
        .allSatisfy(PipelineIT::once);
  }

  private static void once(DocumentId document, Long extractions) {
    assertThat(extractions).as("extractions of %s", document).isEqualTo(1);
  }

  private static Node startServices() throws Exception {
    Map<String, String> settings =
        Map.of("ingest.state-directory", folder.resolve("ingest").toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node node = Node.start(configuration, EnumSet.allOf(Part.class), kafka, InstantSource.system());
    node.awaitReady(StopSignal.never(), Duration.ofMinutes(2), line -> {});
    return node;
  }

  private static void send(LabelledDocument document, Seen seen) {
    seen.client().send(document.document());
    seen.client().send(document.annotation());
  }

  /** As a bad message of a producer with that key is put aside. */
  private static void reject(String key) throws Exception {
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    ConsumerRecord<byte[], byte[]> bad =
        new ConsumerRecord<>(DocumentTopics.DOCUMENTS_IN.name(), 0, 0, bytes, new byte[] {'{'});
    Headers headers =
        RejectedHeaders.of(bad, new BadInput(Reason.NOT_JSON, "", "a JSON object", "one byte"));
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  DocumentTopics.REJECTED.name(), null, bytes, bad.value(), headers))
          .get();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer() {
    return new KafkaProducer<>(
        Map.copyOf(kafka), new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static void sendText(String topic, String key, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer = producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  topic,
                  key.getBytes(StandardCharsets.UTF_8),
                  value.getBytes(StandardCharsets.UTF_8)))
          .get();
    }
  }

  private static Document renamed(Document document, String id) {
    return new Document(
        new DocumentId(id),
        document.collection(),
        document.type(),
        document.language(),
        document.pages(),
        document.tokens());
  }

  private static DocumentId id(LabelledDocument document) {
    return document.document().id();
  }
}
