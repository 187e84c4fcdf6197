package dev.holdfast.chaos;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed to the topics, as any consumer could, and writes it into the books. It
 * knows nothing of the services but the messages that they write.
 *
 * <p>Not thread-safe.
 */
final class Auditor implements AutoCloseable {
  private static final String JOURNAL = "learner.journal";
  private static final int MAX_TEXT = 1_000;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Ledger ledger;
  private final Versions versions;
  private final Latencies latencies;
  private final SortedMap<String, Integer> rejected = new TreeMap<>();

  /**
   * Begins with the first record of every topic, all of which must be there.
   *
   * @param bootstrap of brokers that are not behind a proxy
   */
  Auditor(String bootstrap, Ledger ledger, Versions versions, Latencies latencies) {
    this.ledger = ledger;
    this.versions = versions;
    this.latencies = latencies;
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("client.id", "auditor");
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.put("max.poll.records", "2000");
    consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(
                ExtractionTopics.EXTRACTIONS.name(),
                DocumentTopics.EXAMPLES.name(),
                DocumentTopics.REJECTED.name(),
                ModelTopics.MODELS.name(),
                JOURNAL)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what has come, or waits so long for something. */
  void poll(Duration longest) {
    consumer.poll(longest).forEach(this::take);
  }

  /** Takes all that is committed now. */
  void drain() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(100));
    }
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
        takeExtraction(value(ExtractionTopics.EXTRACTIONS, record));
      } else if (record.topic().equals(DocumentTopics.EXAMPLES.name())) {
        takeExample(record, value(DocumentTopics.EXAMPLES, record));
      } else if (record.topic().equals(JOURNAL)) {
        takeRound(JsonInput.read(record.value(), Integer.MAX_VALUE));
      } else if (record.topic().equals(ModelTopics.MODELS.name())) {
        versions.record(
            ModelTopics.MODELS.keys().deserializer().deserialize(record.topic(), record.key()),
            record.value(),
            value -> manifest(record));
      } else {
        rejected.merge(reason(record), 1, Integer::sum);
      }
    } catch (BadInput e) {
      throw unreadable(record, e);
    }
  }

  private void takeExtraction(Extraction extraction) {
    ledger.extracted(extraction.document());
    latencies.extracted(extraction.document(), System.nanoTime());
    if (extraction.version() > 0) {
      versions.named(
          new ModelVersion(extraction.document().collection(), extraction.version()),
          extraction.digest());
    }
  }

  private void takeExample(ConsumerRecord<byte[], byte[]> record, Example example) {
    if (!example.taught().isEmpty()) {
      ledger.example(
          example.document().key(), record.partition(), record.offset(), example.taught().keySet());
    }
  }

  private void takeRound(JsonInput round) throws BadInput {
    CollectionName collection = new CollectionName(round.required("collection").text(1, MAX_TEXT));
    if (round.required("kind").text(1, MAX_TEXT).equals("learn")) {
      ledger.learned(
          collection,
          new Ledger.Round(
              round.required("partition").integer(0, Integer.MAX_VALUE),
              round.required("from").longInteger(),
              round.required("to").longInteger()));
    }
    Optional<JsonInput> published = round.optional("published");
    if (published.isPresent()) {
      versions.journalled(
          new ModelVersion(collection, published.get().required("version").longInteger()),
          new Digest(published.get().required("digest").text(1, MAX_TEXT)));
    }
  }

  private static <V> V value(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.values().deserializer().deserialize(topic.name(), record.value());
  }

  private static Manifest manifest(ConsumerRecord<byte[], byte[]> record) {
    try {
      return ManifestJson.read(record.value());
    } catch (BadInput e) {
      throw unreadable(record, e);
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    Header reason = record.headers().lastHeader(RejectedHeaders.REASON);
    return reason == null ? "no reason" : new String(reason.value(), StandardCharsets.UTF_8);
  }

  private static IllegalStateException unreadable(
      ConsumerRecord<byte[], byte[]> record, BadInput e) {
    return new IllegalStateException(
        "%s-%d@%d: %s"
            .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
        e);
  }

  /** How many messages were rejected, by reason; none should be. */
  SortedMap<String, Integer> rejected() {
    return rejected;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
