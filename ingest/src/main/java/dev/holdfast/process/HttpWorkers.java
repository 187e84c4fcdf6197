package dev.holdfast.process;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that answer requests. Only so many requests are in hand or wait; those past them go
 * to a thread of their own, {@link #refuses}, which is to answer at once without doing any work, so
 * that callers hear that they are too many instead of waiting.
 *
 * <p>Thread-safe.
 */
final class HttpWorkers implements Executor, AutoCloseable {
  private final int most;
  private final AtomicInteger inHand = new AtomicInteger();
  private final ExecutorService workers;
  private final ExecutorService refusal;

  private static final class Refusing extends Thread {
    Refusing(Runnable task) {
      super(task, "http-refuses");
    }
  }

  /**
   * @param threads that work
   * @param waiting requests that may wait for one of them
   */
  HttpWorkers(int threads, int waiting) {
    most = threads + waiting;
    AtomicInteger number = new AtomicInteger();
    workers =
        Executors.newFixedThreadPool(
            threads, task -> daemon(new Thread(task, "http-" + number.incrementAndGet())));
    refusal = Executors.newSingleThreadExecutor(task -> daemon(new Refusing(task)));
  }

  private static Thread daemon(Thread thread) {
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable request) {
    if (inHand.incrementAndGet() > most) {
      inHand.decrementAndGet();
      refusal.execute(request);
      return;
    }
    workers.execute(
        () -> {
          try {
            request.run();
          } finally {
            inHand.decrementAndGet();
          }
        });
  }

  /** Whether the calling thread is the one for requests that are too many. */
  static boolean refuses() {
    return Thread.currentThread() instanceof Refusing;
  }

  @Override
  public void close() {
    workers.shutdownNow();
    refusal.shutdownNow();
  }
}
