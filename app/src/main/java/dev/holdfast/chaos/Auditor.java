package dev.holdfast.chaos;

import dev.holdfast.audit.Audit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what is committed to the topics, as any consumer could, and has it written into the books.
 *
 * <p>Not thread-safe.
 */
final class Auditor implements AutoCloseable {
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Audit audit;

  /**
   * Begins with the first record of every topic, all of which must be there.
   *
   * @param bootstrap of brokers that are not behind a proxy
   */
  Auditor(String bootstrap, Audit audit) {
    this.audit = audit;
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
        Audit.TOPICS.stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Takes what has come, or waits so long for something. */
  void poll(Duration longest) {
    consumer.poll(longest).forEach(audit::take);
  }

  /** Takes all that is committed now. */
  void drain() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      poll(Duration.ofMillis(100));
    }
  }

  /** How many messages were rejected, by reason; none should be. */
  SortedMap<String, Integer> rejected() {
    return audit.rejected();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
