package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.ingest.IngestService;
import dev.holdfast.ingest.IngestSettings;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ingest against a real broker: exactly once over a restart, and records of every size. */
class IngestServiceIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private EmbeddedKafka broker;
  private Map<String, String> kafka;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    broker = EmbeddedKafka.start(folder.resolve("kafka"));
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, DocumentTopics.ALL);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "max.request.size", "2000000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void stop() {
    producer.close();
    broker.close();
  }

  @Test
  void bothOrdersMeetOnceOverARestartInTheMiddle() throws Exception {
    try (IngestService ingest = ingest("state")) {
      sendDocuments(0, 50);
      sendAnnotations(25, 75);
      assertThat(read(DocumentTopics.EXAMPLES, 25)).hasSize(25);
      assertThat(ingest.health().live()).isTrue();
    }
    sendDocuments(50, 100);
    sendAnnotations(0, 25);
    sendAnnotations(75, 100);
    sendDocuments(0, 100);
    sendAnnotations(0, 100);
    try (IngestService ingest = ingest("state")) {
      assertThat(ids(read(DocumentTopics.DOCUMENTS, 100))).isEqualTo(names(0, 100));
      assertThat(annotatedIds(read(DocumentTopics.EXAMPLES, 100))).isEqualTo(names(0, 100));
      assertThat(ingest.health().ready()).isTrue();
    }
    assertThat(read(DocumentTopics.REJECTED, 0)).isEmpty();
  }

  @Test
  void lostStateIsRebuiltFromKafka() throws Exception {
    try (IngestService ingest = ingest("state")) {
      sendDocuments(0, 10);
      sendAnnotations(10, 20);
      assertThat(read(DocumentTopics.DOCUMENTS, 10)).hasSize(10);
      await().atMost(PATIENCE).until(() -> waiting() == 10);
      assertThat(ingest.health().live()).isTrue();
    }
    sendDocuments(0, 20);
    sendAnnotations(0, 10);
    try (IngestService ingest = ingest("another")) {
      assertThat(ids(read(DocumentTopics.DOCUMENTS, 20))).isEqualTo(names(0, 20));
      assertThat(annotatedIds(read(DocumentTopics.EXAMPLES, 20))).isEqualTo(names(0, 20));
      assertThat(ingest.health().live()).isTrue();
    }
  }

  private double waiting() {
    Counter counter = registry.find("holdfast.ingest.waiting").counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void recordsOfTheGreatestSizeAreTakenOrRefusedAndTheStreamGoesOn() throws Exception {
    byte[] key = new byte[200_000];
    byte[] garbage = new byte[800_000];
    send(DocumentTopics.DOCUMENTS_IN, key, garbage);
    byte[] tooLarge = new byte[1_048_000];
    send(DocumentTopics.ANNOTATIONS_IN, null, tooLarge);
    byte[] large = document("large", 19_000);
    assertThat(large.length).isBetween(900_000, 1_000_000);
    send(DocumentTopics.DOCUMENTS_IN, null, large);
    String value = "x".repeat(1_900);
    String values = ("{\"text\":\"" + value + "\"},").repeat(400);
    send(
        DocumentTopics.ANNOTATIONS_IN,
        null,
        utf8(
            "{\"documentId\":\"large\",\"source\":\"human\",\"fields\":{\"total\":["
                + values.substring(0, values.length() - 1)
                + "]}}"));
    try (IngestService ingest = ingest("state")) {
      assertThat(read(DocumentTopics.REJECTED, 2))
          .extracting(ConsumerRecord::value)
          .containsExactlyInAnyOrder(garbage, tooLarge);
      assertThat(read(DocumentTopics.EXAMPLES, 1).get(0).value().length).isGreaterThan(1_500_000);
      sendDocuments(0, 1);
      assertThat(read(DocumentTopics.DOCUMENTS, 2)).hasSize(2);
      assertThat(ingest.health().live()).isTrue();
    }
  }

  private IngestService ingest(String state) {
    Map<String, String> values = Map.of("ingest.state-directory", folder.resolve(state).toString());
    IngestService ingest =
        new IngestService(
            IngestSettings.from(new SettingsReader(values, "ingest")),
            kafka,
            registry,
            () -> Instant.EPOCH);
    ingest.start();
    return ingest;
  }

  private void sendDocuments(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      send(DocumentTopics.DOCUMENTS_IN, null, document("document-" + i, 2));
    }
  }

  /** Keys that have nothing to do with the document's: they must meet all the same. */
  private void sendAnnotations(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      send(
          DocumentTopics.ANNOTATIONS_IN,
          utf8("key-" + i),
          utf8(
              "{\"documentId\":\"document-%d\",\"source\":\"human\",\"at\":\"2026-01-05T10:00:00Z\",\"fields\":{\"total\":[]}}"
                  .formatted(i)));
    }
  }

  private void send(Topic<byte[], byte[]> topic, byte[] key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
  }

  private static byte[] document(String id, int tokens) {
    StringBuilder json = new StringBuilder();
    json.append("{\"id\":\"").append(id).append("\",\"pages\":[{\"width\":1,\"height\":1}],");
    json.append("\"tokens\":[");
    for (int i = 0; i < tokens; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"text\":\"w\",\"box\":[0,0,9,9],\"page\":0,\"line\":")
          .append(1000 + i)
          .append('}');
    }
    return utf8(json.append("]}").toString());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** All committed records once there are as many; then it looks once more for one too many. */
  private <K, V> List<ConsumerRecord<byte[], byte[]>> read(Topic<K, V> topic, int count) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers", broker.bootstrap(),
            "isolation.level", "read_committed",
            "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties)) {
      List<TopicPartition> partitions =
          IntStream.range(0, topic.partitions())
              .mapToObj(partition -> new TopicPartition(topic.name(), partition))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
              });
      consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
      return records;
    }
  }

  private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> documents) {
    return documents.stream()
        .map(r -> DocumentKey.parse(new String(r.key(), StandardCharsets.UTF_8)).id().value())
        .sorted()
        .toList();
  }

  private static List<String> annotatedIds(List<ConsumerRecord<byte[], byte[]>> examples) {
    return examples.stream()
        .map(r -> DocumentTopics.EXAMPLES.values().deserializer().deserialize("", r.value()))
        .map(Example::document)
        .map(document -> document.id().value())
        .sorted()
        .toList();
  }

  private static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "document-" + i).sorted().toList();
  }
}
