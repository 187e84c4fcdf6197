package dev.holdfast.learner;

import dev.holdfast.control.ControlMessage;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code control} and keeps every message: people write them, so they are few, and a
 * collection whose learner comes here later needs those from before.
 *
 * <p>Owned by one thread; only {@link #wakeup} may come from another.
 */
final class ControlFollower implements Commands, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ControlFollower.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final TopicPartition PLACE = new TopicPartition(ControlTopics.CONTROL.name(), 0);

  private final Consumer<byte[], byte[]> consumer;
  private final LearnerMeasurements measurements;
  private final Map<CollectionName, NavigableMap<Long, ControlMessage>> messages = new HashMap<>();

  /**
   * @param consumer read_committed, of no group
   */
  ControlFollower(Consumer<byte[], byte[]> consumer, LearnerMeasurements measurements) {
    this.consumer = consumer;
    this.measurements = measurements;
  }

  /** Begins with the first message. */
  void start() {
    consumer.assign(List.of(PLACE));
    consumer.seek(PLACE, consumer.beginningOffsets(Set.of(PLACE)).get(PLACE));
  }

  /** Reads all that is there by now. */
  void catchUp() {
    long end = consumer.endOffsets(Set.of(PLACE)).get(PLACE);
    while (consumer.position(PLACE) < end) {
      consumer.poll(POLL).forEach(this::take);
    }
  }

  /** Takes what has come in, without waiting. */
  void poll() {
    consumer.poll(Duration.ZERO).forEach(this::take);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    ControlMessage message = ControlMessage.of(record);
    if (message.collection().isEmpty()) {
      measurements.unreadableOrder();
      log.warn(
          "control@{} is passed over: {}",
          record.offset(),
          message.fault().orElseThrow().getMessage());
      return;
    }
    messages
        .computeIfAbsent(message.collection().get(), name -> new TreeMap<>())
        .put(message.offset(), message);
  }

  @Override
  public Set<CollectionName> collections() {
    return Set.copyOf(messages.keySet());
  }

  @Override
  public Optional<ControlMessage> next(CollectionName collection, long from) {
    NavigableMap<Long, ControlMessage> all = messages.get(collection);
    Map.Entry<Long, ControlMessage> next = all == null ? null : all.ceilingEntry(from);
    return next == null ? Optional.empty() : Optional.of(next.getValue());
  }

  /** Ends a wait; safe from any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
