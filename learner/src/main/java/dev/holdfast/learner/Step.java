package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Manifest;
import dev.holdfast.wire.BadInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * One transaction: what to write, how far the examples are seen to, and what is so once it has
 * committed.
 *
 * <p>Filled by the rounds, then read by the loop. Not thread-safe.
 */
final class Step {
  private final long nextOffset;
  private final Optional<LiveLineage> lineage;
  private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
  private Optional<Round> round = Optional.empty();
  private Optional<Checkpoint> checkpoint = Optional.empty();

  /**
   * A round that the step commits.
   *
   * @param journal its record
   * @param after how far it brings the collection
   * @param remembered documents in the learner's memory
   * @param manifest of the version that it publishes, if any
   * @param learning how long was learned
   */
  record Round(
      JournalRecord journal,
      Lineage after,
      int remembered,
      Optional<Manifest> manifest,
      Duration learning) {}

  private Step(long nextOffset, Optional<LiveLineage> lineage) {
    this.nextOffset = nextOffset;
    this.lineage = lineage;
  }

  /** A step of one collection. */
  static Step of(LiveLineage lineage, long nextOffset) {
    return new Step(nextOffset, Optional.of(lineage));
  }

  /** A step that says only how far the examples are seen to. */
  static Step ofOffset(long nextOffset) {
    return new Step(nextOffset, Optional.empty());
  }

  <K, V> void write(Topic<K, V> topic, int partition, K key, V value) {
    write(topic, partition, key, value, new RecordHeaders());
  }

  <K, V> void write(Topic<K, V> topic, int partition, K key, V value, Headers headers) {
    requireNonNull(key, "key is null");
    records.add(
        new ProducerRecord<>(
            topic.name(),
            partition,
            topic.keys().serializer().serialize(topic.name(), key),
            topic.values().serializer().serialize(topic.name(), value),
            headers));
  }

  <K, V> void erase(Topic<K, V> topic, int partition, K key) {
    write(topic, partition, key, null);
  }

  /** Writes a record that came by some topic to {@code rejected}. */
  void reject(ConsumerRecord<byte[], byte[]> original, BadInput why) {
    records.add(
        new ProducerRecord<>(
            DocumentTopics.REJECTED.name(),
            null,
            original.timestamp(),
            original.key(),
            original.value(),
            RejectedHeaders.of(original, why)));
  }

  void commits(Round committed) {
    round = Optional.of(committed);
  }

  void commits(Checkpoint committed) {
    checkpoint = Optional.of(committed);
  }

  /** The first offset of the partition of {@code examples} that is not seen to. */
  long nextOffset() {
    return nextOffset;
  }

  /** Whose step it is, if of any one. */
  Optional<LiveLineage> lineage() {
    return lineage;
  }

  /** In the order to write them in; the journal record comes first when there is a round. */
  List<ProducerRecord<byte[], byte[]>> records() {
    return List.copyOf(records);
  }

  Optional<Round> round() {
    return round;
  }

  Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }
}
