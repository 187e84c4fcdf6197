package dev.holdfast.monitoring;

import dev.holdfast.console.Console;
import dev.holdfast.console.ConsoleRoutes;
import dev.holdfast.process.Health;
import dev.holdfast.process.Route;
import dev.holdfast.process.Service;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches how good extraction is: reads extractions, examples, versions, refusals and rejections,
 * scores, and shows the result as meters, as {@link #snapshot} and on the console.
 *
 * <p>Keeps nothing but what it has read, and belongs to no consumer group: whenever it starts it
 * reads the log again from its start, and is not ready until it has caught up. So it may be
 * stopped, moved or run twice at any time. It comes to the same counts and the same F1 over all,
 * but for statements whose order against a model version can no longer be told; fading and last
 * scores may differ a little, since partitions are read in no fixed order.
 *
 * <p>Needs the topics {@code extractions}, {@code examples}, {@code models}, {@code refusals} and
 * {@code rejected}; a partition that is added to one is read from the next start on. Thread-safe.
 */
public final class MonitoringService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(MonitoringService.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** Short enough for eyes and scrapes, long enough not to cost anything. */
  private static final long SHOW_EVERY_MILLIS = 100;

  private final Consumer<byte[], byte[]> consumer;
  private final DriftLog driftLog;
  private final LogReader log;
  private final Console console;
  private final ConsoleRoutes routes;
  private final Measurements measurements;
  private final InstantSource clock;
  private final Runnable afterwards;
  private final Thread thread = new Thread(this::run, "monitoring");

  private long shownAtMillis;
  private volatile boolean caughtUp;
  private volatile boolean closing;
  private volatile Throwable failure;

  /**
   * Makes the Kafka client; nothing is read before {@link #start}.
   *
   * @param kafka properties of the client, {@code bootstrap.servers} among them
   */
  public MonitoringService(
      MonitoringSettings settings,
      Map<String, String> kafka,
      MeterRegistry registry,
      InstantSource clock) {
    this(
        settings,
        new KafkaConsumer<>(
            properties(kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        new KafkaDriftLog(kafka),
        registry,
        clock);
  }

  /**
   * @param consumer as {@link #properties} say; closed with the service
   * @param driftLog closed with the service
   */
  MonitoringService(
      MonitoringSettings settings,
      Consumer<byte[], byte[]> consumer,
      DriftLog driftLog,
      MeterRegistry registry,
      InstantSource clock) {
    this.consumer = consumer;
    this.driftLog = driftLog;
    this.console =
        new Console(settings.console(), settings.fadingFactor(), settings.maxTagValues(), clock);
    this.routes = new ConsoleRoutes(console, settings.console());
    this.log = new LogReader(consumer, driftLog, console, settings);
    this.measurements = new Measurements(registry, settings, log.now());
    this.clock = clock;
    KafkaClientMetrics clientMetrics = new KafkaClientMetrics(consumer);
    clientMetrics.bindTo(registry);
    this.afterwards = clientMetrics::close;
  }

  static Map<String, Object> properties(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1000");
    properties.putAll(kafka);
    properties.put(ConsumerConfig.CLIENT_ID_CONFIG, "holdfast-monitoring");
    properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    return properties;
  }

  @Override
  public synchronized void start() {
    if (closing || thread.getState() != Thread.State.NEW) {
      throw new IllegalStateException("expected to be started once, before it is closed");
    }
    thread.start();
  }

  private void run() {
    try (consumer;
        driftLog) {
      log.begin();
      LOG.info("monitoring reads the log from its start");
      while (!closing) {
        follow();
      }
    } catch (Throwable e) {
      boolean asked = closing && e instanceof WakeupException;
      if (!asked) {
        failure = e;
        LOG.error("monitoring failed", e);
      }
    }
  }

  private void follow() {
    boolean more = log.readNext(POLL);
    if (more) {
      measurements.read(log.taking());
    }
    long now = clock.millis();
    if (!more || now - shownAtMillis >= SHOW_EVERY_MILLIS) {
      show(log.now());
      shownAtMillis = now;
    }
    if (!caughtUp && log.atEnd()) {
      Scores.Counts counts = snapshot().scores().counts();
      LOG.info(
          "monitoring has read the log: {} documents extracted, {} statements scored",
          counts.extractions(),
          counts.scored());
      caughtUp = true;
    }
  }

  private void show(Snapshot snapshot) {
    measurements.show(snapshot);
    console.stands(
        snapshot.standings(),
        snapshot.rejected(),
        snapshot.lag().values().stream().mapToLong(Long::longValue).sum());
  }

  /**
   * The console, for the process's endpoint.
   *
   * @param servesHere whether the endpoint has the routes of serving, too
   */
  public List<Route> routes(boolean servesHere) {
    return routes.all(servesHere);
  }

  /** What it knew a moment ago. Safe from any thread. */
  public Snapshot snapshot() {
    return measurements.latest();
  }

  @Override
  public Health health() {
    if (failure != null) {
      return Health.failed("monitoring failed: " + failure);
    }
    if (closing || !caughtUp) {
      return Health.starting(closing ? "closing" : "reading the log from its start");
    }
    return Health.ready("scores as they come");
  }

  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      driftLog.close();
    } else {
      end();
    }
    afterwards.run();
  }

  private void end() {
    consumer.wakeup();
    try {
      thread.join(CLOSING.toMillis());
      if (thread.isAlive()) {
        LOG.warn("monitoring did not end within {}", CLOSING);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
