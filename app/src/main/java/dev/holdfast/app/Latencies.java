package dev.holdfast.app;

import java.util.Arrays;
import java.util.Optional;

/** Durations in milliseconds, kept one by one for exact percentiles. Not thread-safe. */
final class Latencies {
  private long[] millis = new long[256];
  private int count;

  /**
   * Percentiles by nearest rank; empty when nothing was measured.
   *
   * @param p50 the median
   * @param p95 what 95 of 100 stay within
   */
  record Summary(Optional<Double> p50, Optional<Double> p95) {}

  void add(long duration) {
    if (count == millis.length) {
      millis = Arrays.copyOf(millis, 2 * count);
    }
    millis[count++] = duration;
  }

  Summary summary() {
    long[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    return new Summary(rank(sorted, 0.50), rank(sorted, 0.95));
  }

  private static Optional<Double> rank(long[] sorted, double part) {
    if (sorted.length == 0) {
      return Optional.empty();
    }
    int index = (int) Math.ceil(part * sorted.length) - 1;
    return Optional.of((double) sorted[Math.max(0, index)]);
  }
}
