package dev.holdfast.serving;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
final class KafkaClients implements Clients, AutoCloseable {
  static final String GROUP = "holdfast-serving";

  private final ServingSettings settings;
  private final Map<String, String> common;
  private final MeterRegistry registry;
  private final List<KafkaClientMetrics> metrics = new ArrayList<>();

  /**
   * @param common client properties, {@code bootstrap.servers} among them
   */
  KafkaClients(ServingSettings settings, Map<String, String> common, MeterRegistry registry) {
    this.settings = settings;
    this.common = Map.copyOf(common);
    this.registry = registry;
  }

  @Override
  public Consumer<DocumentKey, Document> documents(int loop) {
    return measured(
        new KafkaConsumer<>(
            documentsProperties(loop),
            DocumentTopics.DOCUMENTS.keys().deserializer(),
            DocumentTopics.DOCUMENTS.values().deserializer()));
  }

  Map<String, Object> documentsProperties(int loop) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, settings.maxPollDocuments());
    // How long a node that has died keeps its documents from the others, and how long one that
    // comes back may take to take them again.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    properties.putAll(common);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, name("documents", loop));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    // A member that comes back within its session takes its partitions again without a rebalance.
    properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name("documents", loop));
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  @Override
  public Producer<DocumentId, Extraction> extractions(int loop) {
    return measured(
        new KafkaProducer<>(
            extractionsProperties(loop),
            ExtractionTopics.EXTRACTIONS.keys().serializer(),
            ExtractionTopics.EXTRACTIONS.values().serializer()));
  }

  Map<String, Object> extractionsProperties(int loop) {
    Map<String, Object> properties = new HashMap<>();
    // The commit flushes, so that waiting for fuller batches costs no latency.
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "262144");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // The broker judges the compressed size.
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "16777216");
    // How long the open transaction of a node that has died keeps readers from what comes after.
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "10000");
    properties.putAll(common);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, name("extractions", loop));
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name("extractions", loop));
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    return properties;
  }

  @Override
  public Consumer<byte[], byte[]> models() {
    return measured(
        new KafkaConsumer<>(
            modelsProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  Map<String, Object> modelsProperties() {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "16777216");
    properties.putAll(common);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP + "-" + settings.instance() + "-models");
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return properties;
  }

  @Override
  public Producer<byte[], byte[]> inbox() {
    return measured(
        new KafkaProducer<>(
            inboxProperties(), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  Map<String, Object> inboxProperties() {
    String timeout = Long.toString(settings.requestTimeout().toMillis());
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, "2097152");
    properties.putAll(common);
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, GROUP + "-" + settings.instance() + "-inbox");
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
    // A caller that was told of a failure must not find its message taken much later.
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
    return properties;
  }

  private String name(String what, int loop) {
    return "%s-%s-%s-%d".formatted(GROUP, settings.instance(), what, loop);
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
