package dev.holdfast.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * How much memory each process has over time, and how late extractions are, by quarters of the run.
 *
 * <p>Not thread-safe.
 */
final class Footprint {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final int QUARTERS = 4;

  private final Map<Child, List<Long>> megabytes = new LinkedHashMap<>();
  private long next;

  Footprint(List<Child> processes) {
    processes.forEach(process -> megabytes.put(process, new ArrayList<>()));
  }

  /** Looks how much each has, every few seconds. */
  void look(long now) {
    if (now < next) {
      return;
    }
    next = now + EVERY.toNanos();
    megabytes.forEach(
        (process, sizes) -> process.residentBytes().ifPresent(bytes -> sizes.add(bytes >> 20)));
  }

  /** A line for each process, and two for the documents. */
  void tell(Consumer<String> say, Latencies latencies) {
    megabytes.forEach(
        (process, sizes) ->
            say.accept(
                "%s: mean resident MB by quarters of the run: %s"
                    .formatted(process.name(), sizes.isEmpty() ? "not told" : quarters(sizes))));
    for (double quantile : new double[] {.5, .95}) {
      List<String> parts = new ArrayList<>();
      for (int quarter = 0; quarter < QUARTERS; quarter++) {
        double from = quarter / (double) QUARTERS;
        parts.add(Long.toString(latencies.quantile(from, from + 1.0 / QUARTERS, quantile)));
      }
      say.accept(
          "sent to extracted, ms, p%.0f by quarters of the run: %s"
              .formatted(100 * quantile, String.join(", ", parts)));
    }
  }

  private static String quarters(List<Long> sizes) {
    List<Long> means = new ArrayList<>();
    for (int quarter = 0; quarter < QUARTERS; quarter++) {
      List<Long> part =
          sizes.subList(quarter * sizes.size() / QUARTERS, (quarter + 1) * sizes.size() / QUARTERS);
      means.add(Math.round(part.stream().mapToLong(Long::longValue).average().orElse(0)));
    }
    return means.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
