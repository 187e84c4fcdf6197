package dev.holdfast.monitoring;

import dev.holdfast.score.Tally;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Running scores kept apart by slice, as many as there is room for: names come from outside, and
 * each is memory here and a time series in Prometheus. The first ones have a score of their own,
 * all later ones share {@link Slice#OTHER}.
 *
 * <p>Not thread-safe.
 */
final class SlicedScores {
  private final int maxSlices;
  private final Supplier<RunningScore> fresh;
  private final SortedMap<Slice, RunningScore> scores = new TreeMap<>();

  SlicedScores(int maxSlices, Supplier<RunningScore> fresh) {
    this.maxSlices = maxSlices;
    this.fresh = fresh;
  }

  void add(Slice slice, Tally tally) {
    boolean apart = scores.containsKey(slice) || scores.size() < maxSlices;
    scores.computeIfAbsent(apart ? slice : Slice.OTHER, s -> fresh.get()).add(tally);
  }

  SortedMap<Slice, PrequentialF1> now() {
    SortedMap<Slice, PrequentialF1> now = new TreeMap<>();
    scores.forEach((slice, score) -> now.put(slice, score.now()));
    return now;
  }
}
