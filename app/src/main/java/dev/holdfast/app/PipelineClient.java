package dev.holdfast.app;

import static org.apache.kafka.clients.CommonClientConfigs.CLIENT_ID_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.ISOLATION_LEVEL_CONFIG;
import static org.apache.kafka.clients.producer.ProducerConfig.ACKS_CONFIG;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A user of a running pipeline: sends documents and annotations, and sees what comes of them from
 * now on, only what is committed. Belongs to no consumer group and leaves nothing behind.
 *
 * <p>Not thread-safe.
 */
final class PipelineClient implements AutoCloseable {
  private static final List<Topic<?, ?>> WATCHED =
      List.of(ExtractionTopics.EXTRACTIONS, ModelTopics.MODELS, DocumentTopics.REJECTED);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AtomicReference<Exception> unsent = new AtomicReference<>();

  /** What comes of documents and annotations. */
  interface Listener {
    /**
     * Something was found in a document.
     *
     * @param atMillis when the record was written
     */
    void extraction(Extraction extraction, long atMillis);

    /** A version was published. */
    void version(Manifest manifest);

    /** A message about a document was refused. */
    void rejected(DocumentId document);
  }

  /**
   * Connects; whatever is written from now on will be seen.
   *
   * @param kafka client properties; the topics are there
   */
  PipelineClient(Map<String, String> kafka) {
    producer =
        new KafkaProducer<>(
            with(kafka, Map.of(ACKS_CONFIG, "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            with(
                kafka,
                Map.of(
                    ISOLATION_LEVEL_CONFIG,
                    "read_committed",
                    ENABLE_AUTO_COMMIT_CONFIG,
                    "false",
                    ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                    "false")),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        WATCHED.stream()
            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // Seeking is lazy: without this, "now" would be the first poll.
    partitions.forEach(consumer::position);
  }

  private static Map<String, Object> with(Map<String, String> kafka, Map<String, String> own) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put(CLIENT_ID_CONFIG, "holdfast-client");
    properties.putAll(own);
    return properties;
  }

  /** Sends a document on its way. */
  void send(Document document) {
    send(DocumentTopics.DOCUMENTS_IN, document.id(), DocumentJson::write, document);
  }

  /** Sends an annotation on its way. */
  void send(Annotation annotation) {
    send(
        DocumentTopics.ANNOTATIONS_IN,
        annotation.document().id(),
        AnnotationJson::write,
        annotation);
  }

  private <T> void send(
      Topic<byte[], byte[]> topic, DocumentId id, JsonOutput.Writer<T> writer, T value) {
    byte[] key = id.value().getBytes(StandardCharsets.UTF_8);
    // The callback tells of failures.
    var unused =
        producer.send(
            new ProducerRecord<>(topic.name(), key, JsonOutput.bytes(writer, value)),
            (metadata, failure) -> {
              if (failure != null) {
                unsent.compareAndSet(null, failure);
              }
            });
  }

  /**
   * Waits so long for something to come, and hands it over.
   *
   * @throws Failure when something could not be sent
   */
  void poll(Duration longest, Listener listener) {
    consumer.poll(longest).forEach(record -> handOver(record, listener));
    Exception failure = unsent.get();
    if (failure != null) {
      throw new Failure("a message could not be sent to Kafka: " + failure.getMessage(), failure);
    }
  }

  /** Hands over all that is there by now. */
  void drain(Listener listener) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(100), listener);
    }
  }

  private static void handOver(ConsumerRecord<byte[], byte[]> record, Listener listener) {
    if (record.topic().equals(DocumentTopics.REJECTED.name())) {
      rejectedDocument(record).ifPresent(listener::rejected);
    } else if (record.value() == null) {
      return; // a document that is forgotten, a version that is no longer kept
    } else if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
      listener.extraction(
          ExtractionTopics.EXTRACTIONS
              .values()
              .deserializer()
              .deserialize(record.topic(), record.value()),
          record.timestamp());
    } else if (isManifest(record)) {
      listener.version(manifest(record));
    }
  }

  /**
   * The document that a refused message names by its key, if it does: examples and what operators
   * ask can be rejected, too, with a collection as key, and other producers may give any key or
   * none.
   */
  private static Optional<DocumentId> rejectedDocument(ConsumerRecord<byte[], byte[]> rejected) {
    Header topic = rejected.headers().lastHeader(RejectedHeaders.TOPIC);
    if (topic == null
        || !new String(topic.value(), StandardCharsets.UTF_8).endsWith(".in")
        || rejected.key() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new DocumentId(new String(rejected.key(), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isManifest(ConsumerRecord<byte[], byte[]> record) {
    return ModelKey.parse(new String(record.key(), StandardCharsets.UTF_8)).isManifest();
  }

  private static Manifest manifest(ConsumerRecord<byte[], byte[]> record) {
    try {
      return ManifestJson.read(record.value());
    } catch (BadInput e) {
      throw new IllegalStateException(
          "%s-%d@%d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(10));
    consumer.close();
  }
}
