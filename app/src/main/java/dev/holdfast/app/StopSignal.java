package dev.holdfast.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as something to look at and to wait for. From the signal on, the JVM waits a
 * while for {@link #close}, so that what runs can end in good order.
 *
 * <p>Thread-safe.
 */
final class StopSignal implements AutoCloseable {
  private static final int GRACE_SECONDS = 30;

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch finished = new CountDownLatch(1);

  private StopSignal() {}

  /** Listens from now on until the JVM ends. */
  static StopSignal install() {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(new Thread(signal::stop, "stop-signal"));
    return signal;
  }

  /** One that is never given: for runs that end by themselves. */
  static StopSignal never() {
    return new StopSignal();
  }

  private void stop() {
    requested.countDown();
    try {
      finished.await(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return requested.getCount() == 0;
  }

  /** Waits for the signal for so long; tells whether it was given. */
  boolean await(Duration longest) throws InterruptedException {
    return requested.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Everything has ended: the JVM may end too. */
  @Override
  public void close() {
    finished.countDown();
  }
}
