package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.process.Health;
import dev.holdfast.process.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns every example that people teach and publishes what it has learned as model versions, one
 * thread for all collections of the partitions that it is given.
 *
 * <p>Needs the topics {@code examples}, {@code control}, {@code models}, {@code rejected}, {@code
 * learner.journal} and {@code learner.state}, the last two with a partition for each partition of
 * {@code examples}. Thread-safe.
 */
public final class LearnerService implements Service {
  private static final Logger log = LoggerFactory.getLogger(LearnerService.class);

  /** How long an operator waits at most for an idle learner to look what is asked. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private static final Duration CLOSING = Duration.ofSeconds(60);

  private final LearnerLoop loop;
  private final Runnable afterwards;
  private final Thread thread = new Thread(this::run, "learner");
  private volatile boolean started;
  private volatile boolean closing;
  private volatile String failure = "";

  /**
   * Makes the Kafka clients; nothing is read before {@link #start}.
   *
   * @param kafka properties of every client, {@code bootstrap.servers} among them
   */
  public LearnerService(
      LearnerSettings settings,
      Map<String, String> kafka,
      MeterRegistry registry,
      InstantSource clock) {
    this(settings, new KafkaLearnerClients(settings.instance(), kafka, registry), registry, clock);
  }

  private LearnerService(
      LearnerSettings settings,
      KafkaLearnerClients clients,
      MeterRegistry registry,
      InstantSource clock) {
    this(
        settings,
        clients,
        ContinualLearning.source(settings.learning(), settings.startFrom()),
        registry,
        clock,
        clients::close);
  }

  LearnerService(
      LearnerSettings settings,
      LearnerClients clients,
      Learning.Source learners,
      MeterRegistry registry,
      InstantSource clock,
      Runnable afterwards) {
    this.afterwards = requireNonNull(afterwards, "afterwards is null");
    LearnerMeters.MEMORY.declared().gauge(registry, () -> settings.learning().memoryDocuments());
    loop = new LearnerLoop(clients, settings, learners, registry, clock);
  }

  @Override
  public synchronized void start() {
    if (started || closing) {
      throw new IllegalStateException("expected to be started once, before it is closed");
    }
    started = true;
    thread.start();
  }

  /** Works until it is closed; whatever ends the work before that is the failure of the service. */
  private void run() {
    try (loop) {
      work();
    } catch (Throwable e) {
      boolean asked = closing && (e instanceof WakeupException || e instanceof InterruptException);
      if (!asked) {
        failure = "learner failed: " + e;
        log.error("learner failed", e);
      }
    }
  }

  private void work() {
    loop.start();
    try {
      while (!closing) {
        loop.turn(LONGEST_WAIT);
      }
    } catch (WakeupException e) {
      if (!closing) {
        throw e;
      }
    }
    loop.finish();
  }

  @Override
  public Health health() {
    if (!failure.isEmpty()) {
      return Health.failed(failure);
    }
    if (closing || !loop.restored()) {
      return Health.starting(closing ? "closing" : "restoring what was learned");
    }
    return Health.ready("learning %d collections".formatted(loop.collections()));
  }

  /** Finishes the round in hand, saves the learners and closes all clients. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    loop.wakeup();
    if (started) {
      join();
    } else {
      loop.close();
    }
    afterwards.run();
  }

  private void join() {
    try {
      thread.join(CLOSING.toMillis());
      if (thread.isAlive()) {
        log.warn("learner does not end within {}, interrupted", CLOSING);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
