package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The clients of a real broker. What is given for all clients overrides the defaults here, but
 * never what exactly-once rests on.
 *
 * <p>Closing it ends their metrics; the clients themselves are closed by those who use them.
 */
final class KafkaLearnerClients implements LearnerClients, AutoCloseable {
  static final String GROUP = "holdfast-learner";

  /**
   * A day. Rounds, restoring and unlearning go on between two polls, and who is late may not commit
   * what that led to; a learner that hangs shows in its meters.
   */
  private static final String MAX_POLL_INTERVAL_MILLIS = "86400000";

  private final String name;
  private final Map<String, String> common;
  private final MeterRegistry registry;
  private final List<KafkaClientMetrics> metrics = new ArrayList<>();

  /**
   * @param instance see {@link LearnerSettings#instance}
   * @param common client properties, {@code bootstrap.servers} among them
   */
  KafkaLearnerClients(String instance, Map<String, String> common, MeterRegistry registry) {
    name = GROUP + "-" + instance;
    this.common = Map.copyOf(common);
    this.registry = registry;
  }

  @Override
  public Consumer<CollectionName, Example> examples() {
    return measured(
        new KafkaConsumer<>(
            examplesProperties(),
            DocumentTopics.EXAMPLES.keys().deserializer(),
            DocumentTopics.EXAMPLES.values().deserializer()));
  }

  Map<String, Object> examplesProperties() {
    Map<String, Object> properties = reading("examples", "read_committed");
    // How long a learner that has died keeps its collections from a standby, and how long one that
    // comes back may take to take them again.
    properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    // A member that comes back within its session takes its partitions again without a rebalance.
    properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name);
    // What a member keeps in a rebalance it need not restore.
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "100");
    return properties;
  }

  @Override
  public Consumer<byte[], byte[]> log() {
    return measured(
        new KafkaConsumer<>(
            logProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  Map<String, Object> logProperties() {
    Map<String, Object> properties = reading("log", "read_committed");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "16777216");
    // Everything it reads is there already; a fetch that waits for more would delay the next topic.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
    return properties;
  }

  @Override
  public Consumer<byte[], byte[]> ends() {
    return new KafkaConsumer<>(
        reading("ends", "read_uncommitted"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private Map<String, Object> reading(String client, String isolation) {
    Map<String, Object> properties = new HashMap<>(common);
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, name + "-" + client);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  @Override
  public Producer<byte[], byte[]> rounds() {
    return measured(
        new KafkaProducer<>(
            roundsProperties(), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  Map<String, Object> roundsProperties() {
    Map<String, Object> properties = new HashMap<>();
    // The commit flushes, so that waiting for fuller batches would only cost latency.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    // Three chunks of weights to a request, below the megabyte that brokers take.
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "900000");
    // The client never gives a buffer back: a checkpoint waits for some rather than having its size
    // in them for ever.
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, "16777216");
    // An example that cannot be learned goes to the rejected ones as large as it came.
    properties.put(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(DocumentTopics.MAX_RECORD_BYTES));
    // How long the open transaction of a learner that has died keeps a standby from the journal.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000");
    properties.putAll(common);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, name + "-rounds");
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return properties;
  }

  private <K, V> Consumer<K, V> measured(Consumer<K, V> consumer) {
    return bound(new KafkaClientMetrics(consumer), consumer);
  }

  private <K, V> Producer<K, V> measured(Producer<K, V> producer) {
    return bound(new KafkaClientMetrics(producer), producer);
  }

  private <C> C bound(KafkaClientMetrics clientMetrics, C client) {
    clientMetrics.bindTo(registry);
    metrics.add(clientMetrics);
    return client;
  }

  @Override
  public void close() {
    metrics.forEach(KafkaClientMetrics::close);
  }
}
