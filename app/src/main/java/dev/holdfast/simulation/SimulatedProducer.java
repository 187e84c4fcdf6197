package dev.holdfast.simulation;

import dev.holdfast.simulation.Interruption.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;

/**
 * Kafka's own fake, whose transactions write to a {@link SimulatedKafka}, and that can be
 * interrupted between any two of its steps.
 */
final class SimulatedProducer<K, V> extends MockProducer<K, V> {
  private final SimulatedKafka kafka;
  private final Identity identity;
  private final Serde<K> keys;
  private final Serde<V> values;
  private final Interruption interruption;
  private final Map<TopicPartition, Integer> sent = new HashMap<>();
  private Map<TopicPartition, OffsetAndMetadata> next = Map.of();

  /**
   * Who writes.
   *
   * @param group whose offsets it commits
   * @param current whether its partitions are still its own
   * @param offsets when they are committed
   */
  record Identity(
      String transactionalId, String group, BooleanSupplier current, OffsetsCome offsets) {}

  /** When offsets are committed: with what was made of the messages before them, or wrongly. */
  enum OffsetsCome {
    WITH,
    BEFORE,
    AFTER
  }

  SimulatedProducer(
      SimulatedKafka kafka,
      Identity identity,
      Serde<K> keys,
      Serde<V> values,
      Interruption interruption) {
    super(true, null, keys.serializer(), values.serializer());
    this.kafka = kafka;
    this.identity = identity;
    this.keys = keys;
    this.values = values;
    this.interruption = interruption;
  }

  @Override
  public void initTransactions() {
    kafka.fence(identity.transactionalId(), this);
    super.initTransactions();
  }

  @Override
  public void beginTransaction() {
    interruption.at(Moment.BEGIN);
    sent.clear();
    next = Map.of();
    super.beginTransaction();
  }

  /** Says where the record will be in the log, which the fake does not know of. */
  @Override
  public synchronized Future<RecordMetadata> send(ProducerRecord<K, V> record) {
    interruption.at(Moment.SEND);
    var unused = super.send(record);
    TopicPartition place =
        kafka.place(
            record.topic(),
            record.partition(),
            keys.serializer().serialize(record.topic(), record.key()));
    int before = sent.merge(place, 1, Integer::sum) - 1;
    return CompletableFuture.completedFuture(
        new RecordMetadata(place, kafka.end(place) + before, 0, 0, 0, 0));
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    interruption.at(Moment.OFFSETS);
    if (!identity.current().getAsBoolean()) {
      throw new CommitFailedException("simulated: the group has another generation");
    }
    super.sendOffsetsToTransaction(offsets, group);
    next = offsets;
    if (identity.offsets() == OffsetsCome.BEFORE) {
      kafka.commit(identity.group(), next);
    }
  }

  @Override
  public void commitTransaction() {
    if (!transactionInFlight()) {
      return; // asked again: it had taken place
    }
    interruption.at(Moment.COMMIT);
    int before = history().size();
    super.commitTransaction();
    List<ProducerRecord<K, V>> all = history();
    all.subList(before, all.size()).forEach(record -> kafka.write(bytes(record), 0));
    if (identity.offsets() == OffsetsCome.AFTER) {
      interruption.at(Moment.BEGIN); // of what would be a transaction of its own
    }
    kafka.commit(identity.group(), next);
    interruption.at(Moment.COMMITTED);
  }

  private ProducerRecord<byte[], byte[]> bytes(ProducerRecord<K, V> record) {
    return new ProducerRecord<>(
        record.topic(),
        record.partition(),
        record.timestamp(),
        keys.serializer().serialize(record.topic(), record.key()),
        record.value() == null
            ? null
            : values.serializer().serialize(record.topic(), record.value()),
        record.headers());
  }
}
