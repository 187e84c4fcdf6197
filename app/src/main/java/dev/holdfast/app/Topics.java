package dev.holdfast.app;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.learner.LearnerTopics;
import dev.holdfast.monitoring.DriftTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.ModelTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Every topic of every service: making those that a broker does not have yet, reading one whole.
 */
public final class Topics {
  private static final int TIMEOUT_SECONDS = 60;

  private Topics() {}

  /** All topics that Holdfast reads or writes, but those that Kafka Streams makes for itself. */
  public static List<Topic<?, ?>> all() {
    List<Topic<?, ?>> all = new ArrayList<>(DocumentTopics.ALL);
    all.add(ControlTopics.CONTROL);
    all.add(ModelTopics.MODELS);
    all.add(ModelTopics.MODELS_IN);
    all.add(ModelTopics.REFUSALS);
    all.addAll(LearnerTopics.ALL);
    all.add(ExtractionTopics.EXTRACTIONS);
    all.add(DriftTopics.DRIFT);
    return all;
  }

  /**
   * Creates the topics that are not there and leaves the others as they are. Safe to call from
   * several processes at once. Kafka shows only what its user may use; what that user may not
   * create is left to another.
   *
   * @param kafka client properties, {@code bootstrap.servers} among them
   * @throws Failure when the broker cannot be reached or refuses
   */
  public static void create(Map<String, String> kafka, List<Topic<?, ?>> topics)
      throws InterruptedException {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      Set<String> present = admin.listTopics().names().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
      List<NewTopic> missing =
          topics.stream()
              .filter(topic -> !present.contains(topic.name()))
              .map(Topics::newTopic)
              .toList();
      for (KafkaFuture<Void> creation : admin.createTopics(missing).values().values()) {
        await(creation);
      }
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
      throw new Failure(
          "expected Kafka at %s to have or make Holdfast's topics, was: %s"
              .formatted(kafka.get("bootstrap.servers"), cause.getMessage()),
          e);
    }
  }

  /**
   * Reads a topic from its beginning to where it ends now; only what is committed.
   *
   * @param kafka client properties
   */
  static void read(
      Map<String, String> kafka, Topic<?, ?> topic, Consumer<ConsumerRecord<byte[], byte[]>> to) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(to);
      }
    }
  }

  /**
   * How many records were ever written to a topic that nothing is deleted from and no transactions
   * write to.
   */
  static long records(Map<String, String> kafka, Topic<?, ?> topic) {
    Map<String, Object> properties = new HashMap<>(kafka);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      return consumer.endOffsets(partitions).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static NewTopic newTopic(Topic<?, ?> topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(topic.configuration());
  }

  private static void await(KafkaFuture<Void> creation)
      throws InterruptedException, ExecutionException, TimeoutException {
    try {
      creation.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      boolean left =
          e.getCause() instanceof TopicExistsException // another process was faster
              || e.getCause() instanceof AuthorizationException;
      if (!left) {
        throw e;
      }
    }
  }
}
