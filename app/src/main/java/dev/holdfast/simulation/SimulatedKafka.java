package dev.holdfast.simulation;

import dev.holdfast.topic.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The logs and committed offsets of a broker in memory. What a transaction writes comes into the
 * logs when it commits, so that every reader reads committed records only.
 *
 * <p>Not thread-safe.
 */
final class SimulatedKafka {
  private final Map<String, Integer> partitions = new HashMap<>();
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> offsets = new HashMap<>();
  private final Map<String, SimulatedProducer<?, ?>> writers = new HashMap<>();

  /**
   * @param topics that exist
   */
  SimulatedKafka(List<Topic<?, ?>> topics) {
    topics.forEach(topic -> partitions.put(topic.name(), topic.partitions()));
  }

  /** How many partitions a topic has; one where nobody said anything else. */
  int partitions(String topic) {
    return partitions.getOrDefault(topic, 1);
  }

  /** The partitions of a topic. */
  List<TopicPartition> of(String topic) {
    List<TopicPartition> all = new ArrayList<>();
    for (int partition = 0; partition < partitions(topic); partition++) {
      all.add(new TopicPartition(topic, partition));
    }
    return all;
  }

  /** Where a record goes: where it says, else where Kafka's own clients would put its key. */
  TopicPartition place(String topic, Integer partition, byte[] key) {
    if (partition != null) {
      return new TopicPartition(topic, partition);
    }
    int chosen = key == null ? 0 : BuiltInPartitioner.partitionForKey(key, partitions(topic));
    return new TopicPartition(topic, chosen);
  }

  /** Writes a record outside of any transaction. */
  void write(ProducerRecord<byte[], byte[]> record, long timestamp) {
    append(
        place(record.topic(), record.partition(), record.key()),
        record.key(),
        record.value(),
        record.headers(),
        record.timestamp() == null ? timestamp : record.timestamp());
  }

  private void append(
      TopicPartition place, byte[] key, byte[] value, Headers headers, long timestamp) {
    List<ConsumerRecord<byte[], byte[]>> log =
        logs.computeIfAbsent(place, partition -> new ArrayList<>());
    log.add(
        new ConsumerRecord<>(
            place.topic(),
            place.partition(),
            log.size(),
            timestamp,
            TimestampType.CREATE_TIME,
            key == null ? 0 : key.length,
            value == null ? 0 : value.length,
            key,
            value,
            new RecordHeaders(headers.toArray()),
            Optional.empty()));
  }

  /** All that is committed to a partition. */
  List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
    return Collections.unmodifiableList(logs.getOrDefault(partition, List.of()));
  }

  /** Offset of the next record. */
  long end(TopicPartition partition) {
    return log(partition).size();
  }

  /** How many records were ever written. */
  long size() {
    return logs.values().stream().mapToLong(List::size).sum();
  }

  /** How far a group has come; null when it has not begun. */
  OffsetAndMetadata committed(String group, TopicPartition partition) {
    return offsets.getOrDefault(group, Map.of()).get(partition);
  }

  /** How far a group has come, as a number. */
  long position(String group, TopicPartition partition) {
    OffsetAndMetadata committed = committed(group, partition);
    return committed == null ? 0 : committed.offset();
  }

  void commit(String group, Map<TopicPartition, OffsetAndMetadata> next) {
    offsets.computeIfAbsent(group, name -> new HashMap<>()).putAll(next);
  }

  /** Forgets how far a group was, as a broker does after a week without it. */
  void forget(String group) {
    offsets.remove(group);
  }

  /** A new life of a writer fences the one before. */
  void fence(String transactionalId, SimulatedProducer<?, ?> by) {
    SimulatedProducer<?, ?> before = writers.put(transactionalId, by);
    if (before != null && before != by && !before.closed()) {
      before.fenceProducer();
    }
  }
}
