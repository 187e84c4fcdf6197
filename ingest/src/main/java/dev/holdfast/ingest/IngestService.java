package dev.holdfast.ingest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.process.Health;
import dev.holdfast.process.Service;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs {@link IngestTopology} exactly once per record: results, state and offsets commit together
 * or not at all. The topics of {@code DocumentTopics} must exist.
 */
public final class IngestService implements Service {
  /** The consumer group, and the start of the names of all internal topics. */
  public static final String APPLICATION_ID = "holdfast-ingest";

  private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(30);

  private final KafkaStreams streams;
  private final KafkaStreamsMetrics metrics;
  private volatile Health health = Health.starting("not started");

  /**
   * A service that is not started yet.
   *
   * @param settings how it runs
   * @param kafka properties of every client, {@code bootstrap.servers} among them
   * @param registry for {@link IngestMeters} and the meters of Kafka Streams
   * @param clock the time of records that came without one
   */
  public IngestService(
      IngestSettings settings,
      Map<String, String> kafka,
      MeterRegistry registry,
      InstantSource clock) {
    requireNonNull(registry, "registry is null");
    streams =
        new KafkaStreams(
            IngestTopology.build(settings, registry, clock), properties(settings, kafka));
    streams.setStateListener((now, before) -> changed(now));
    streams.setUncaughtExceptionHandler(this::failed);
    metrics = new KafkaStreamsMetrics(streams);
    metrics.bindTo(registry);
  }

  static Properties properties(IngestSettings settings, Map<String, String> kafka) {
    IngestSettings.Streams running = settings.streams();
    Properties properties = new Properties();
    properties.putAll(kafka);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, running.commitInterval().toMillis());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, running.threads());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, running.stateDirectory().toString());
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
    // The classic protocol: the newer ones take far longer to go on after a crash.
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // How long a process that has died keeps its partitions from the others.
    properties.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "10000");
    // A member that comes back under its name goes on at once, nobody waits for its session.
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
        APPLICATION_ID + "-" + running.instance());
    String record = Integer.toString(DocumentTopics.MAX_RECORD_BYTES);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), record);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), record);
    return properties;
  }

  @Override
  public void start() {
    health = Health.starting("joins the group");
    streams.start();
  }

  private synchronized void changed(KafkaStreams.State now) {
    LOG.info("ingest is {}", now);
    if (!health.live()) {
      return;
    }
    health =
        switch (now) {
          case RUNNING -> Health.ready("runs");
          case CREATED, REBALANCING -> Health.starting("takes over partitions");
          case PENDING_SHUTDOWN, NOT_RUNNING -> Health.starting("stops");
          case PENDING_ERROR, ERROR -> Health.failed("broke; the log says why");
        };
  }

  /** What breaks one thread is the same for all: the process ends and the next one restores. */
  private synchronized StreamThreadExceptionResponse failed(Throwable cause) {
    LOG.error("ingest broke", cause);
    health = Health.failed("broke: " + cause.getClass().getName());
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  @Override
  public Health health() {
    return health;
  }

  @Override
  public void close() {
    metrics.close();
    if (!streams.close(CLOSE_TIMEOUT)) {
      LOG.warn("ingest did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
    }
  }
}
