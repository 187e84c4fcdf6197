package dev.holdfast.monitoring;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps the partitions of a consumer abreast in time: whatever is more than a set time ahead of the
 * slowest partition with anything to read is paused.
 *
 * <p>Not thread-safe.
 */
final class Abreast {
  private final Consumer<?, ?> consumer;
  private final long maxAheadMillis;

  /** Timestamp of the last record, by partition; those that are not here are not kept abreast. */
  private final Map<TopicPartition, Long> reached = new HashMap<>();

  Abreast(Consumer<?, ?> consumer, long maxAheadMillis) {
    this.consumer = consumer;
    this.maxAheadMillis = maxAheadMillis;
  }

  /** A record with that timestamp was read. */
  void reached(TopicPartition partition, long timestamp) {
    reached.put(partition, timestamp);
  }

  /**
   * Pauses what is too far ahead, and lets all others go on.
   *
   * @param unordered a topic that nobody waits for
   */
  void keep(String unordered) {
    long slowest =
        consumer.assignment().stream()
            .filter(partition -> !partition.topic().equals(unordered))
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
}
