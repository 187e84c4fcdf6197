package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Reads a partition from an offset to its end as it is now.
 *
 * <p>Owned by one thread; only {@link #wakeup} may come from another.
 */
final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Consumer<byte[], byte[]> committed;
  private final Consumer<byte[], byte[]> all;

  /** Where a record goes. */
  @FunctionalInterface
  interface Visitor<K, V> {
    void visit(ConsumerRecord<byte[], byte[]> place, K key, V value);
  }

  private final Map<String, Integer> partitions = new HashMap<>();

  /**
   * @param committed read_committed, of no group
   * @param all read_uncommitted: tells how far there are records at all. To read_committed the log
   *     seems to end where the oldest open transaction begins, be it a stranger's; what was
   *     committed behind it must not be missed
   */
  LogReader(Consumer<byte[], byte[]> committed, Consumer<byte[], byte[]> all) {
    this.committed = requireNonNull(committed, "committed is null");
    this.all = requireNonNull(all, "all is null");
  }

  /**
   * Reads all committed records from {@code from}, or from the first that is left, to the present
   * end. Waits for the transactions that are open now.
   *
   * @return the end: one past the last record, committed or not
   * @throws org.apache.kafka.common.errors.WakeupException after {@link #wakeup}
   * @throws IllegalStateException on a record that the topic's serdes cannot read
   */
  <K, V> long read(Topic<K, V> topic, int partition, long from, Visitor<K, V> visitor) {
    return read(topic, partition, from, Long.MAX_VALUE, visitor);
  }

  /**
   * Reads all committed records from {@code from}, or from the first that is left, to below {@code
   * to}, or to the present end.
   *
   * @return where it ended
   */
  <K, V> long read(Topic<K, V> topic, int partition, long from, long to, Visitor<K, V> visitor) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    all.assign(List.of(place));
    long end = Math.min(to, all.endOffsets(Set.of(place)).get(place));
    long begin = all.beginningOffsets(Set.of(place)).get(place);
    committed.assign(List.of(place));
    committed.seek(place, Math.max(from, begin));
    while (committed.position(place) < end) {
      for (ConsumerRecord<byte[], byte[]> record : committed.poll(POLL)) {
        if (record.offset() < end) {
          visit(topic, record, visitor);
        }
      }
    }
    return end;
  }

  /** How many partitions a topic has, which never changes: keys would lie elsewhere. */
  int partitions(Topic<?, ?> topic) {
    int known = partitions.getOrDefault(topic.name(), 0);
    if (known == 0) { // as long as the topic is not there
      known = all.partitionsFor(topic.name()).size();
      partitions.put(topic.name(), known);
    }
    return known;
  }

  /** Whether the partition has never had a record. */
  boolean isEmpty(Topic<?, ?> topic, int partition) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    all.assign(List.of(place));
    return all.endOffsets(Set.of(place)).get(place) == 0;
  }

  private static <K, V> void visit(
      Topic<K, V> topic, ConsumerRecord<byte[], byte[]> record, Visitor<K, V> visitor) {
    K key;
    V value;
    try {
      key = topic.keys().deserializer().deserialize(topic.name(), record.key());
      value = topic.values().deserializer().deserialize(topic.name(), record.value());
    } catch (SerializationException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "%s-%d@%d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
    visitor.visit(record, key, value);
  }

  /** Ends a read; safe from any thread. */
  void wakeup() {
    committed.wakeup();
  }

  @Override
  public void close() {
    committed.close(CloseOptions.timeout(CLOSING));
    all.close(CloseOptions.timeout(CLOSING));
  }
}
