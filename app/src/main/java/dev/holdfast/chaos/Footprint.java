package dev.holdfast.chaos;

import dev.holdfast.chaos.Trend.Sample;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much memory each process has over time. Once a minute each is asked to collect its garbage,
 * so that what its memory grows by is kept and not only not collected yet.
 *
 * <p>Owned by one thread.
 */
final class Footprint {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Duration COLLECT_EVERY = Duration.ofMinutes(1);

  private final Map<Child, List<Sample>> megabytes = new LinkedHashMap<>();
  private final long start;
  private long next;
  private long nextCollection;

  Footprint(List<Child> processes, long start) {
    this.start = start;
    nextCollection = start + COLLECT_EVERY.toNanos();
    processes.forEach(process -> megabytes.put(process, new ArrayList<>()));
  }

  /** Looks how much each has, every few seconds. */
  void look(long now) throws IOException {
    if (now < next) {
      return;
    }
    next = now + EVERY.toNanos();
    megabytes.forEach(
        (process, sizes) ->
            process
                .residentBytes()
                .ifPresent(
                    bytes ->
                        sizes.add(new Sample((now - start) / 1e9, bytes / (double) (1 << 20)))));
    if (now >= nextCollection) {
      nextCollection = now + COLLECT_EVERY.toNanos();
      for (Child process : megabytes.keySet()) {
        process.collectGarbage();
      }
    }
  }

  /** The megabytes of each process by its name. */
  Map<String, List<Sample>> samples() {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    megabytes.forEach((process, sizes) -> samples.put(process.name(), sizes));
    return samples;
  }
}
