package dev.holdfast.serving;

import dev.holdfast.document.CollectionName;
import dev.holdfast.process.Health;
import dev.holdfast.process.Route;
import dev.holdfast.process.Service;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every document into one extraction by the newest model version of its collection, or by the
 * one that operators ask for, over Kafka and over HTTP. Follows both while it serves.
 *
 * <p>Needs the topics {@code documents}, {@code extractions}, {@code models} and {@code control}.
 * Until the versions that are there have been read it serves nothing, so that no document meets an
 * old one. Thread-safe.
 */
public final class ServingService implements Service {
  private static final Logger log = LoggerFactory.getLogger(ServingService.class);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final ServingNode node;
  private final Producer<byte[], byte[]> inbox;
  private final ServingRoutes routes;
  private final Runnable afterwards;

  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch versionsRead = new CountDownLatch(1);
  private final AtomicReference<String> failure = new AtomicReference<>();
  private volatile boolean ready;
  private volatile boolean closing;

  /**
   * Makes the Kafka clients; nothing is read before {@link #start}.
   *
   * @param kafka properties of every client, {@code bootstrap.servers} among them
   */
  public ServingService(
      ServingSettings settings,
      Map<String, String> kafka,
      MeterRegistry registry,
      InstantSource clock) {
    this(settings, new KafkaClients(settings, kafka, registry), registry, clock);
  }

  private ServingService(
      ServingSettings settings, KafkaClients clients, MeterRegistry registry, InstantSource clock) {
    this(
        settings,
        clients,
        (version, digest, weights) ->
            ServedModel.load(version, digest, weights, settings.encoder()),
        registry,
        clock,
        clients::close);
  }

  ServingService(
      ServingSettings settings,
      Clients clients,
      ServedModel.Loader loader,
      MeterRegistry registry,
      InstantSource clock,
      Runnable afterwards) {
    node = new ServingNode(settings, clients, loader, registry, clock);
    inbox = clients.inbox();
    routes =
        new ServingRoutes(
            node.models(),
            () -> ready && !closing,
            inbox,
            settings.requestTimeout(),
            node.measurements(),
            clock);
    this.afterwards = afterwards;
  }

  /** The HTTP API, for the process's endpoint. */
  public List<Route> routes() {
    return routes.all();
  }

  /** The number of the version that serves each collection that has one; a copy. */
  public Map<CollectionName, Long> versions() {
    Map<CollectionName, Long> versions = new HashMap<>();
    node.models()
        .versions()
        .forEach((collection, served) -> versions.put(collection, served.number()));
    return versions;
  }

  @Override
  public synchronized void start() {
    if (closing || !threads.isEmpty()) {
      throw new IllegalStateException("expected to be started once, before it is closed");
    }
    threads.add(new Thread(() -> run(this::follow, node::closeFollower), "serving-models"));
    for (int number = 0; number < node.loops(); number++) {
      int loop = number;
      threads.add(
          new Thread(
              () -> run(() -> serve(loop), () -> node.close(loop)), "serving-" + (loop + 1)));
    }
    threads.forEach(Thread::start);
  }

  private void follow() {
    node.catchUp(POLL);
    ready = true;
    versionsRead.countDown();
    while (!closing) {
      node.follow(POLL);
    }
  }

  private void serve(int loop) throws InterruptedException {
    versionsRead.await();
    if (!closing) {
      node.start(loop);
    }
    while (!closing) {
      node.serve(loop, POLL);
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws InterruptedException;
  }

  /** Works until it is closed; whatever ends the work before that is the failure of the service. */
  private void run(Work work, AutoCloseable clients) {
    try (clients) {
      work.run();
    } catch (Throwable e) {
      boolean asked = closing && (e instanceof WakeupException || isInterrupt(e));
      if (!asked) {
        fail(e);
      }
    }
  }

  private static boolean isInterrupt(Throwable e) {
    return e instanceof InterruptedException || e instanceof InterruptException;
  }

  private void fail(Throwable e) {
    String detail = "%s failed: %s".formatted(Thread.currentThread().getName(), e);
    failure.compareAndSet(null, detail);
    log.error("{}", detail, e);
  }

  @Override
  public Health health() {
    String failed = failure.get();
    if (failed != null) {
      return Health.failed(failed);
    }
    if (closing || !ready) {
      return Health.starting(closing ? "closing" : "reading the model versions");
    }
    return Health.ready("versions of %d collections".formatted(node.models().versions().size()));
  }

  /** Finishes the transactions in hand, then closes every client and every model. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    versionsRead.countDown();
    node.wakeup();
    boolean closed = threads.isEmpty();
    threads.forEach(ServingService::end);
    inbox.close(Duration.ofSeconds(5));
    if (closed) {
      node.close();
    } else {
      node.closeModels();
    }
    afterwards.run();
  }

  private static void end(Thread thread) {
    try {
      thread.join(CLOSING.toMillis());
      if (thread.isAlive()) {
        log.warn("{} does not end within {}, interrupted", thread.getName(), CLOSING);
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
