package dev.holdfast.learner;

import dev.holdfast.topic.DocumentTopics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Kafka's own fake, reading what is in a {@link TestBroker}. */
final class BrokerConsumer<K, V> extends MockConsumer<K, V> {
  private final TestBroker broker;
  private final Function<ConsumerRecord<byte[], byte[]>, ConsumerRecord<K, V>> parser;

  BrokerConsumer(
      TestBroker broker, Function<ConsumerRecord<byte[], byte[]>, ConsumerRecord<K, V>> parser) {
    super("earliest");
    this.broker = broker;
    this.parser = parser;
  }

  @Override
  public synchronized ConsumerRecords<K, V> poll(Duration timeout) {
    for (TopicPartition partition : assignment()) {
      if (!paused().contains(partition)) {
        long position = position(partition);
        broker.log(partition).stream()
            .filter(record -> record.offset() >= position)
            .forEach(record -> addRecord(parser.apply(record)));
      }
    }
    return super.poll(timeout);
  }

  @Override
  public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = new HashMap<>();
    partitions.forEach(partition -> ends.put(partition, (long) broker.log(partition).size()));
    return ends;
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    partitions.forEach(partition -> begins.put(partition, 0L));
    return begins;
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
      Set<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    partitions.forEach(partition -> committed.put(partition, broker.committed(partition)));
    return committed;
  }

  @Override
  public synchronized List<PartitionInfo> partitionsFor(String topic) {
    return IntStream.range(0, DocumentTopics.EXAMPLES.partitions())
        .mapToObj(partition -> new PartitionInfo(topic, partition, null, null, null))
        .toList();
  }

  /** Gives it the partitions, as a broker would: from the committed offsets on. */
  void join(Set<TopicPartition> partitions) {
    partitions.forEach(partition -> updateBeginningOffsets(Map.of(partition, 0L)));
    rebalance(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata committed = broker.committed(partition);
      seek(partition, committed == null ? 0 : committed.offset());
    }
  }
}
