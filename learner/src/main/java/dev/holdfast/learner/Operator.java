package dev.holdfast.learner;

import dev.holdfast.control.Control;
import dev.holdfast.control.ControlJson;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.version.Chunks;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ImportKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
   * @param published what came of it, if a version did
   * @param relearned what it took when rounds had to be learned again
   */
  public record Answer(
      long offset,
      long round,
      Optional<String> refused,
      Optional<Published> published,
      Optional<Relearned> relearned) {}

  /**
   * A version that came of it.
   *
   * @param version its number
   * @param digest of its weights
   */
  public record Published(long version, Digest digest) {}

  /**
   * What it took to learn rounds again.
   *
   * @param rounds that were learned again
   * @param time that took
   */
  public record Relearned(int rounds, Duration time) {}

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
        round.published().map(version -> new Published(version.version(), version.digest())),
        order
            .relearned()
            .map(cost -> new Relearned(cost.rounds(), Duration.ofMillis(cost.millis()))));
  }

  /**
   * Puts weights where a learner that is asked to import them finds them.
   *
   * @return the digest to ask by
   */
  public Digest upload(byte[] safetensors) throws InterruptedException {
    List<byte[]> chunks = Chunks.split(safetensors);
    Digest digest = Digest.of(chunks);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int part = 0; part < chunks.size(); part++) {
      byte[] key = new ImportKey(digest, part).toString().getBytes(StandardCharsets.UTF_8);
      sent.add(
          producer.send(new ProducerRecord<>(ModelTopics.MODELS_IN.name(), key, chunks.get(part))));
    }
    for (Future<RecordMetadata> chunk : sent) {
      offset(chunk);
    }
    return digest;
  }

  private long send(CollectionName collection, Control control) throws InterruptedException {
    return offset(
        producer.send(
            new ProducerRecord<>(
                ControlTopics.CONTROL.name(),
                collection.value().getBytes(StandardCharsets.UTF_8),
                JsonOutput.bytes(ControlJson::write, control))));
  }

  private static long offset(Future<RecordMetadata> sent) throws InterruptedException {
    try {
      return sent.get().offset();
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
