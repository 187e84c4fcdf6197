package dev.holdfast.monitoring;

import static java.util.stream.Collectors.toSet;

import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.BadInput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;

/**
 * Reads the topics that monitoring watches, from their start, and hands each record to the scores.
 *
 * <p>Between partitions Kafka promises no order. Reading a long log again, extractions (small)
 * would run far ahead of examples (whole documents) and be dropped before their annotations come;
 * so a partition that is more than a set time ahead of the slowest one is paused.
 *
 * <p>Not thread-safe.
 */
final class LogReader {
  private final Consumer<byte[], byte[]> consumer;
  private final long maxAheadMillis;
  private final PrequentialScores scores;
  private final SortedMap<String, Long> rejected = new TreeMap<>();
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  /**
   * @param consumer read_committed, of no group
   */
  LogReader(Consumer<byte[], byte[]> consumer, MonitoringSettings settings) {
    this.consumer = consumer;
    this.maxAheadMillis = settings.maxAhead().toMillis();
    this.scores = new PrequentialScores(settings);
  }

  /**
   * Goes to the start of every topic.
   *
   * @throws IllegalStateException when one does not exist
   */
  void begin() {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?, ?> topic :
        List.of(
            ExtractionTopics.EXTRACTIONS,
            DocumentTopics.EXAMPLES,
            ModelTopics.MODELS,
            DocumentTopics.REJECTED)) {
      List<TopicPartition> found =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(topic.name(), partition.partition()))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("expected a topic " + topic.name() + ", found none");
      }
      partitions.addAll(found);
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /**
   * Reads what comes next.
   *
   * @return whether there was anything
   */
  boolean readNext(Duration wait) {
    var records = consumer.poll(wait);
    records.forEach(this::take);
    keepTogether();
    return !records.isEmpty();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(DocumentTopics.REJECTED.name())) {
        rejected.merge(reason(record), 1L, Long::sum);
        return;
      }
      reached.put(new TopicPartition(record.topic(), record.partition()), record.timestamp());
      if (record.topic().equals(ExtractionTopics.EXTRACTIONS.name())) {
        scores.extraction(value(ExtractionTopics.EXTRACTIONS, record));
      } else if (record.topic().equals(DocumentTopics.EXAMPLES.name())) {
        scores.example(value(DocumentTopics.EXAMPLES, record), record.timestamp());
      } else if (record.value() != null && key(ModelTopics.MODELS, record).isManifest()) {
        scores.manifest(ManifestJson.read(record.value()));
      }
    } catch (BadInput | SerializationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s-%d@%d: expected what Holdfast writes, %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  private static String reason(ConsumerRecord<byte[], byte[]> record) {
    Header reason = record.headers().lastHeader(DocumentTopics.REASON_HEADER);
    return reason == null ? Slice.UNKNOWN : new String(reason.value(), StandardCharsets.UTF_8);
  }

  private static <K> K key(Topic<K, ?> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.keys().deserializer().deserialize(topic.name(), record.key());
  }

  private static <V> V value(Topic<?, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return topic.values().deserializer().deserialize(topic.name(), record.value());
  }

  /** Pauses what is too far ahead. The slowest partition with anything to read always goes on. */
  private void keepTogether() {
    long slowest =
        consumer.assignment().stream()
            .filter(partition -> !partition.topic().equals(DocumentTopics.REJECTED.name()))
            .filter(partition -> consumer.currentLag(partition).orElse(1) > 0)
            .mapToLong(partition -> reached.getOrDefault(partition, Long.MIN_VALUE / 2))
            .min()
            .orElse(Long.MAX_VALUE / 2);
    Set<TopicPartition> ahead =
        reached.entrySet().stream()
            .filter(entry -> entry.getValue() > slowest + maxAheadMillis)
            .map(Map.Entry::getKey)
            .collect(toSet());
    Collection<TopicPartition> others = new ArrayList<>(consumer.assignment());
    others.removeAll(ahead);
    consumer.pause(ahead);
    consumer.resume(others);
  }

  /** How it stands now. */
  Snapshot now() {
    SortedMap<String, Long> lag = new TreeMap<>();
    for (TopicPartition partition : consumer.assignment()) {
      lag.merge(partition.topic(), consumer.currentLag(partition).orElse(0), Long::sum);
    }
    return new Snapshot(scores.now(), rejected, lag);
  }

  /** Whether everything that was there has been read. */
  boolean atEnd() {
    return consumer.assignment().stream()
        .allMatch(partition -> consumer.currentLag(partition).orElse(1) == 0);
  }
}
