package dev.holdfast.learner;

import dev.holdfast.control.Control;
import dev.holdfast.control.ControlJson;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.wire.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Asks something of a collection and hears from the journal what its learner made of it.
 *
 * <p>Not thread-safe.
 */
public final class Operator implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(50);

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<RoundKey, JournalRecord> journal;

  /**
   * What the learner made of it.
   *
   * @param offset of the message in {@code control}
   * @param round number of the round that saw to it
   * @param refused code of the reason when nothing was done
   * @param relearned what it took when rounds had to be learned again
   */
  public record Answer(
      long offset, long round, Optional<String> refused, Optional<Relearned> relearned) {}

  /**
   * What it took to learn rounds again.
   *
   * @param version number of the version that came of it
   * @param rounds that were learned again
   * @param time that took
   */
  public record Relearned(long version, int rounds, Duration time) {}

  /**
   * @param kafka properties of every client, {@code bootstrap.servers} among them
   */
  public Operator(Map<String, String> kafka) {
    producer =
        new KafkaProducer<>(
            with(kafka, Map.of("acks", "all")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    journal =
        new KafkaConsumer<>(
            with(
                kafka,
                Map.of(
                    "isolation.level", "read_committed",
                    "enable.auto.commit", "false",
                    "allow.auto.create.topics", "false")),
            LearnerTopics.JOURNAL.keys().deserializer(),
            LearnerTopics.JOURNAL.values().deserializer());
    List<TopicPartition> partitions =
        journal.partitionsFor(LearnerTopics.JOURNAL.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    journal.assign(partitions);
    journal.seekToEnd(partitions);
    // Seeking is lazy: without this, "now" would be the first poll.
    partitions.forEach(journal::position);
  }

  private static Map<String, Object> with(Map<String, String> kafka, Map<String, String> own) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("client.id", "holdfast-operator");
    properties.putAll(own);
    return properties;
  }

  /**
   * Asks, and waits for the answer.
   *
   * @param patience how long to wait
   * @return empty when no learner has answered by then; it still may
   */
  public Optional<Answer> ask(CollectionName collection, Control control, Duration patience)
      throws InterruptedException {
    long offset = send(collection, control);
    long end = System.nanoTime() + patience.toNanos();
    while (System.nanoTime() < end) {
      for (ConsumerRecord<RoundKey, JournalRecord> record : journal.poll(LOOK)) {
        Optional<Order> order = record.value().order();
        if (record.key().collection().equals(collection)
            && order.isPresent()
            && order.get().offset() == offset) {
          return Optional.of(answer(record.value(), order.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Answer answer(JournalRecord round, Order order) {
    return new Answer(
        order.offset(),
        round.key().round(),
        order.refused(),
        order
            .relearned()
            .map(
                cost ->
                    new Relearned(
                        round.published().orElseThrow().version(),
                        cost.rounds(),
                        Duration.ofMillis(cost.millis()))));
  }

  private long send(CollectionName collection, Control control) throws InterruptedException {
    try {
      return producer
          .send(
              new ProducerRecord<>(
                  ControlTopics.CONTROL.name(),
                  collection.value().getBytes(StandardCharsets.UTF_8),
                  JsonOutput.bytes(ControlJson::write, control)))
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw new KafkaException("what is asked could not be sent", e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
    journal.close();
  }
}
