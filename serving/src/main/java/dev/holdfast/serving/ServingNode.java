package dev.holdfast.serving;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The work of a serving node, step by step, for whoever has the threads: one follows versions and
 * operators, and each loop turns documents into extractions.
 *
 * <p>Each of the loops, and following, is owned by one thread; only {@link #wakeup} may come from
 * another.
 */
public final class ServingNode implements AutoCloseable {
  /** Room for versions that are still being written, over all collections. */
  private static final long MAX_UNFINISHED_BYTES = 1L << 30;

  private final ServedModels models;
  private final ServingMeasurements measurements;
  private final ModelFollower follower;
  private final List<ServingLoop> loops = new ArrayList<>();

  /**
   * Makes its clients but the inbox; nothing is read yet.
   *
   * @param loader makes versions ready to run
   * @param registry for {@link ServingMeters}
   */
  public ServingNode(
      ServingSettings settings,
      Clients clients,
      ServedModel.Loader loader,
      MeterRegistry registry,
      InstantSource clock) {
    models = new ServedModels(settings.conventions());
    measurements = new ServingMeasurements(registry, models, clock);
    Consumer<byte[], byte[]> versions = clients.models();
    follower =
        new ModelFollower(
            versions,
            new VersionReader(versions, MAX_UNFINISHED_BYTES, settings.trust()),
            models,
            loader,
            measurements,
            clock);
    for (int loop = 0; loop < settings.threads(); loop++) {
      loops.add(
          new ServingLoop(
              clients.documents(loop),
              clients.extractions(loop),
              models,
              measurements,
              clock,
              settings.maxAborts()));
    }
  }

  ServedModels models() {
    return models;
  }

  ServingMeasurements measurements() {
    return measurements;
  }

  /** How many loops it has. */
  int loops() {
    return loops.size();
  }

  /**
   * Reads the versions that are there, and what operators have asked, before anything is served.
   *
   * @param wait longest time of one poll
   */
  public void catchUp(Duration wait) {
    follower.catchUp(wait);
  }

  /** Waits for news of versions and operators, no longer than {@code wait}, and obeys them. */
  public void follow(Duration wait) {
    follower.followNext(wait);
  }

  /** Lets a loop join the group; see {@link #loops}. */
  public void start(int loop) {
    loops.get(loop).start();
  }

  /** Lets a loop wait for documents, no longer than {@code wait}, and serve them. */
  public void serve(int loop, Duration wait) {
    loops.get(loop).serveNext(wait);
  }

  /** Ends every wait; safe from any thread. */
  void wakeup() {
    follower.wakeup();
    loops.forEach(ServingLoop::wakeup);
  }

  void closeFollower() {
    follower.close();
  }

  void close(int loop) {
    loops.get(loop).close();
  }

  void closeModels() {
    models.close();
  }

  /** Closes all clients and models, where no other thread does. */
  @Override
  public void close() {
    closeFollower();
    loops.forEach(ServingLoop::close);
    closeModels();
  }
}
