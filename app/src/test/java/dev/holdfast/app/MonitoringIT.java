package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.monitoring.MonitoringService;
import dev.holdfast.monitoring.MonitoringSettings;
import dev.holdfast.monitoring.Scores;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Monitoring against a real broker, whose transactions leave markers and gaps in the log. */
class MonitoringIT {
  private static final FieldName TOTAL = new FieldName("total");
  private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void restartComesToTheSameCountsAndAbortedTransactionsNeverCount() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      Map<String, String> clients = Map.of("bootstrap.servers", kafka.bootstrap());
      Topics.create(clients, Topics.all());
      Scores before;
      try (KafkaProducer<byte[], byte[]> producer = producer(clients);
          MonitoringService service = monitoring(clients)) {
        producer.initTransactions();
        write(producer, 0, 50, true);
        write(producer, 50, 60, false);
        service.start();
        await().atMost(PATIENCE).until(() -> service.health().ready());
        assertThat(service.snapshot().scores().counts().scored()).isEqualTo(50);

        write(producer, 50, 100, true);
        write(producer, 100, 110, false);
        await().atMost(PATIENCE).until(() -> scored(service) == 100);
        await().atMost(PATIENCE).until(() -> lag(service) == 0);
        before = service.snapshot().scores();
      }

      try (MonitoringService again = monitoring(clients)) {
        again.start();
        await().atMost(PATIENCE).until(() -> again.health().ready());
        Scores after = again.snapshot().scores();
        assertThat(after.counts()).isEqualTo(before.counts());
        assertThat(after.all().all()).isEqualTo(before.all().all());
      }
      assertThat(before.counts().extractions()).isEqualTo(100);
      assertThat(before.counts().repeatedExtractions()).isZero();
      // Every second prediction is right, so of 100 values 50 are found.
      assertThat(before.all().all()).isEqualTo(0.5);
    }
  }

  @Test
  void driftIsToldOnceThoughMonitoringRestarts() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
      Map<String, String> clients = Map.of("bootstrap.servers", kafka.bootstrap());
      Topics.create(clients, Topics.all());
      try (KafkaProducer<byte[], byte[]> producer = producer(clients)) {
        producer.initTransactions();
        producer.beginTransaction();
        for (int i = 0; i < 160; i++) {
          Document document = i < 100 ? document("receipt-" + i) : passport(i);
          sendInOrder(producer, document);
        }
        producer.commitTransaction();
      }
      for (int start = 0; start < 3; start++) {
        try (MonitoringService service = monitoring(clients)) {
          service.start();
          await().atMost(PATIENCE).until(() -> service.health().ready());
          assertThat(service.snapshot().events()).isEqualTo(1);
          assertThat(service.snapshot().drift().get("default").drifting()).isTrue();
        }
      }
    }
  }

  /** By one partition: between them there is no order. */
  private static void sendInOrder(KafkaProducer<byte[], byte[]> producer, Document document) {
    ProducerRecord<byte[], byte[]> any = record(DocumentTopics.DOCUMENTS, document.key(), document);
    Future<RecordMetadata> unused =
        producer.send(new ProducerRecord<>(any.topic(), 0, any.key(), any.value()));
  }

  private static Document passport(int i) {
    return new Document(
        new DocumentId("passport-" + i),
        CollectionName.DEFAULT,
        "passport",
        "",
        List.of(new Page(600, 800)),
        List.of(
            new Token("PASSPORT", new Box(0, 0, 10, 10), 0, 0),
            new Token("SURNAME", new Box(0, 20, 10, 30), 0, 1)));
  }

  private static long scored(MonitoringService service) {
    return service.snapshot().scores().counts().scored();
  }

  private static long lag(MonitoringService service) {
    return service.snapshot().lag().values().stream().mapToLong(Long::longValue).sum();
  }

  private static MonitoringService monitoring(Map<String, String> clients) {
    return new MonitoringService(
        MonitoringSettings.DEFAULT, clients, new SimpleMeterRegistry(), InstantSource.system());
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, String> clients) {
    Map<String, Object> properties = new TreeMap<>(clients);
    properties.put("transactional.id", "test");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Extractions and examples of some documents in one transaction. */
  private static void write(
      KafkaProducer<byte[], byte[]> producer, int from, int to, boolean commit) {
    producer.beginTransaction();
    for (int i = from; i < to; i++) {
      Document document = document("receipt-" + i);
      send(
          producer,
          ExtractionTopics.EXTRACTIONS,
          document.id(),
          Extraction.of(document, prediction(i % 2 == 0 ? "5.00" : "6.00"), 0, "", AT));
      send(producer, DocumentTopics.EXAMPLES, document.collection(), example(document));
    }
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.flush();
      producer.abortTransaction();
    }
  }

  private static <K, V> void send(
      KafkaProducer<byte[], byte[]> producer, Topic<K, V> topic, K key, V value) {
    // A send that fails makes the end of the transaction fail.
    Future<RecordMetadata> unused = producer.send(record(topic, key, value));
  }

  private static <K, V> ProducerRecord<byte[], byte[]> record(Topic<K, V> topic, K key, V value) {
    return new ProducerRecord<>(
        topic.name(),
        topic.keys().serializer().serialize(topic.name(), key),
        topic.values().serializer().serialize(topic.name(), value));
  }

  private static Prediction prediction(String total) {
    return new Prediction(
        new TreeMap<>(
            Map.of(TOTAL, List.of(new PredictedValue(total, 0.9, List.of(new TokenSpan(0, 1)))))));
  }

  private static Example example(Document document) {
    Mark total = Mark.of(List.of(new FieldValue("5.00", List.of(new TokenSpan(0, 1)))));
    return Example.unknown(document)
        .with(new Annotation(document.key(), "ana", Source.HUMAN, AT, Map.of(TOTAL, total)));
  }

  private static Document document(String id) {
    return new Document(
        new DocumentId(id),
        CollectionName.DEFAULT,
        "receipt",
        "",
        List.of(new Page(600, 800)),
        List.of(new Token("5.00", new Box(0, 0, 10, 10), 0, 0)));
  }
}
