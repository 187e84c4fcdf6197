package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The logs and committed offsets of a broker in memory, behind Kafka's own fakes. A learner that
 * asks for clients anew is a learner that was started anew.
 */
final class TestBroker implements LearnerClients {
  /** The partition of {@code examples} that all tests use. */
  static final TopicPartition EXAMPLES = new TopicPartition(DocumentTopics.EXAMPLES.name(), 2);

  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
  private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
  private MockProducer<byte[], byte[]> producer;
  private BrokerConsumer<CollectionName, Example> consumer;
  private int takenRecords;
  private int takenOffsets;

  /** Adds a record as somebody else would who has written it. */
  <K, V> void append(Topic<K, V> topic, int partition, K key, V value, long timestamp) {
    append(topic, partition, key, value, timestamp, new RecordHeaders());
  }

  /** Adds a record with headers. */
  <K, V> void append(
      Topic<K, V> topic, int partition, K key, V value, long timestamp, Headers headers) {
    append(
        new TopicPartition(topic.name(), partition),
        topic.keys().serializer().serialize(topic.name(), key),
        topic.values().serializer().serialize(topic.name(), value),
        timestamp,
        headers);
  }

  private void append(
      TopicPartition partition, byte[] key, byte[] value, long timestamp, Headers headers) {
    List<ConsumerRecord<byte[], byte[]>> log =
        logs.computeIfAbsent(partition, p -> new ArrayList<>());
    log.add(
        new ConsumerRecord<>(
            partition.topic(),
            partition.partition(),
            log.size(),
            timestamp,
            TimestampType.CREATE_TIME,
            key.length,
            value == null ? 0 : value.length,
            key,
            value,
            headers,
            Optional.empty()));
  }

  /** Everything that is committed to a partition. */
  List<ConsumerRecord<byte[], byte[]>> log(TopicPartition partition) {
    takeCommitted();
    return logs.getOrDefault(partition, List.of());
  }

  /** Everything of a topic's partition, keys as text. */
  List<String> keys(Topic<?, ?> topic, int partition) {
    return log(new TopicPartition(topic.name(), partition)).stream()
        .map(
            record ->
                new String(record.key(), StandardCharsets.UTF_8)
                    + (record.value() == null ? " erased" : ""))
        .toList();
  }

  /** The values of a topic's partition, tombstones left out. */
  <V> List<V> values(Topic<?, V> topic, int partition) {
    return log(new TopicPartition(topic.name(), partition)).stream()
        .filter(record -> record.value() != null)
        .map(record -> topic.values().deserializer().deserialize(topic.name(), record.value()))
        .toList();
  }

  /** The examples from one offset to below another. */
  List<Example> examples(int from, int to) {
    return log(EXAMPLES).subList(from, to).stream()
        .filter(record -> record.value() != null)
        .map(
            record ->
                DocumentTopics.EXAMPLES
                    .values()
                    .deserializer()
                    .deserialize(record.topic(), record.value()))
        .toList();
  }

  /** Forgets a partition, as an operator might. */
  void delete(Topic<?, ?> topic, int partition) {
    takeCommitted();
    logs.remove(new TopicPartition(topic.name(), partition));
  }

  /** Takes the last records of a partition away. */
  void cut(Topic<?, ?> topic, int partition, int count) {
    List<ConsumerRecord<byte[], byte[]>> log = log(new TopicPartition(topic.name(), partition));
    log.subList(log.size() - count, log.size()).clear();
  }

  /** Forgets how far the group has come, as a broker does after a week without it. */
  void loseOffsets() {
    takeCommitted();
    offsets.clear();
  }

  OffsetAndMetadata committed(TopicPartition partition) {
    takeCommitted();
    return offsets.get(partition);
  }

  /** Takes over what the producer has committed since the last time. */
  private void takeCommitted() {
    if (producer == null) {
      return;
    }
    List<ProducerRecord<byte[], byte[]>> records = producer.history();
    for (ProducerRecord<byte[], byte[]> record : records.subList(takenRecords, records.size())) {
      append(place(record), record.key(), record.value(), 0, record.headers());
    }
    takenRecords = records.size();
    List<Map<String, Map<TopicPartition, OffsetAndMetadata>>> sent =
        producer.consumerGroupOffsetsHistory();
    sent.subList(takenOffsets, sent.size())
        .forEach(groups -> groups.values().forEach(offsets::putAll));
    takenOffsets = sent.size();
  }

  /** A writer that does not say by which partition writes to a topic of one. */
  private static TopicPartition place(ProducerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition() == null ? 0 : record.partition());
  }

  MockProducer<byte[], byte[]> producer() {
    return producer;
  }

  /** Takes the partition from the learner and gives it back, as a rebalance does. */
  void rebalance() {
    consumer.rebalance(Set.of());
    join();
  }

  /** Gives the learner its partition. */
  void join() {
    consumer.join(Set.of(EXAMPLES));
  }

  @Override
  public Consumer<CollectionName, Example> examples() {
    consumer =
        new BrokerConsumer<>(
            this,
            record ->
                new ConsumerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    record.timestamp(),
                    record.timestampType(),
                    record.serializedKeySize(),
                    record.serializedValueSize(),
                    DocumentTopics.EXAMPLES
                        .keys()
                        .deserializer()
                        .deserialize(record.topic(), record.key()),
                    DocumentTopics.EXAMPLES
                        .values()
                        .deserializer()
                        .deserialize(record.topic(), record.value()),
                    record.headers(),
                    Optional.empty()));
    return consumer;
  }

  @Override
  public Consumer<byte[], byte[]> log() {
    return new BrokerConsumer<>(this, record -> record);
  }

  @Override
  public Consumer<byte[], byte[]> ends() {
    return new BrokerConsumer<>(this, record -> record);
  }

  @Override
  public Producer<byte[], byte[]> rounds() {
    takeCommitted();
    takenRecords = 0;
    takenOffsets = 0;
    if (producer != null && !producer.closed()) {
      producer.fenceProducer();
    }
    producer = new Writer();
    return producer;
  }

  /** Kafka's own fake, which can be interrupted between any two of its steps. */
  private final class Writer extends MockProducer<byte[], byte[]> {
    private final Map<TopicPartition, Integer> sent = new HashMap<>();

    Writer() {
      super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void beginTransaction() {
      sent.clear();
      super.beginTransaction();
    }

    /** Says where the record will be in the log, which the fake does not know of. */
    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      var unused = super.send(record);
      TopicPartition partition = place(record);
      int before = sent.merge(partition, 1, Integer::sum) - 1;
      return CompletableFuture.completedFuture(
          new RecordMetadata(partition, log(partition).size() + before, 0, 0, 0, 0));
    }
  }
}
