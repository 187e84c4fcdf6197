package dev.holdfast.simulation;

import dev.holdfast.topic.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;

/** Kafka's own fake, reading what is in a {@link SimulatedKafka}. */
final class SimulatedConsumer<K, V> extends MockConsumer<K, V> {
  private static final int ALL = Integer.MAX_VALUE;

  private final SimulatedKafka kafka;
  private final String group;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;
  private final int most;
  private final Interruption interruption;

  /**
   * A member of a group.
   *
   * @param most records of a partition at one poll
   */
  SimulatedConsumer(
      SimulatedKafka kafka, String group, Topic<K, V> topic, int most, Interruption interruption) {
    super("earliest");
    this.kafka = kafka;
    this.group = group;
    this.keys = topic.keys().deserializer();
    this.values = topic.values().deserializer();
    this.most = most;
    this.interruption = interruption;
  }

  private SimulatedConsumer(
      SimulatedKafka kafka,
      Deserializer<K> keys,
      Deserializer<V> values,
      Interruption interruption) {
    super("earliest");
    this.kafka = kafka;
    this.group = "";
    this.keys = keys;
    this.values = values;
    this.most = ALL;
    this.interruption = interruption;
  }

  /** One of no group, that reads any topic. */
  static SimulatedConsumer<byte[], byte[]> ofAnyTopic(
      SimulatedKafka kafka, Interruption interruption) {
    Deserializer<byte[]> bytes = Serdes.ByteArray().deserializer();
    return new SimulatedConsumer<>(kafka, bytes, bytes, interruption);
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> updateBeginningOffsets(Map.of(partition, 0L)));
    super.assign(partitions);
  }

  /** Gives it these partitions in place of others, from the group's offsets on. */
  void join(Set<TopicPartition> partitions) {
    partitions.forEach(partition -> updateBeginningOffsets(Map.of(partition, 0L)));
    rebalance(Set.of());
    rebalance(partitions);
    partitions.forEach(partition -> seek(partition, kafka.position(group, partition)));
  }

  @Override
  public synchronized ConsumerRecords<K, V> poll(Duration timeout) {
    interruption.at(Interruption.Moment.POLL);
    for (TopicPartition partition : assignment()) {
      if (!paused().contains(partition)) {
        int from = (int) position(partition);
        List<ConsumerRecord<byte[], byte[]>> log = kafka.log(partition);
        int to = (int) Math.min(log.size(), (long) from + most);
        log.subList(Math.min(from, to), to).forEach(record -> addRecord(parsed(record)));
      }
    }
    return super.poll(timeout);
  }

  private ConsumerRecord<K, V> parsed(ConsumerRecord<byte[], byte[]> of) {
    return new ConsumerRecord<>(
        of.topic(),
        of.partition(),
        of.offset(),
        of.timestamp(),
        of.timestampType(),
        of.serializedKeySize(),
        of.serializedValueSize(),
        of.key() == null ? null : keys.deserialize(of.topic(), of.key()),
        of.value() == null ? null : values.deserialize(of.topic(), of.value()),
        of.headers(),
        of.leaderEpoch());
  }

  @Override
  public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> of) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    of.forEach(partition -> ends.put(partition, kafka.end(partition)));
    return ends;
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> of) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    of.forEach(partition -> begins.put(partition, 0L));
    return begins;
  }

  @Override
  public synchronized OptionalLong currentLag(TopicPartition partition) {
    return OptionalLong.of(kafka.end(partition) - position(partition));
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> of) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    of.forEach(partition -> committed.put(partition, kafka.committed(group, partition)));
    return committed;
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String topic) {
    return kafka.of(topic).stream()
        .map(partition -> new PartitionInfo(topic, partition.partition(), null, null, null))
        .toList();
  }
}
