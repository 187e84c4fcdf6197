package dev.holdfast.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/**
 * Time of the processor that this thread spends on some work, so that other work beside it does not
 * count. Not thread-safe.
 */
final class Processor {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long nanos;

  /**
   * Does some work.
   *
   * @param counts whether its time does
   */
  <T> T run(boolean counts, Supplier<T> work) {
    long start = THREADS.getCurrentThreadCpuTime();
    T result = work.get();
    nanos += counts ? THREADS.getCurrentThreadCpuTime() - start : 0;
    return result;
  }

  /** What has counted so far. */
  double seconds() {
    return nanos / 1e9;
  }
}
