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
    score(slice).add(tally);
  }

  /** The score that the slice counts in. */
  RunningScore score(Slice slice) {
    return scores.computeIfAbsent(kept(slice), s -> fresh.get());
  }

  /** The slice itself, or {@link Slice#OTHER} when it came too late to be kept apart. */
  Slice kept(Slice slice) {
    return scores.containsKey(slice) || scores.size() < maxSlices ? slice : Slice.OTHER;
  }

  SortedMap<Slice, PrequentialF1> now() {
    SortedMap<Slice, PrequentialF1> now = new TreeMap<>();
    scores.forEach((slice, score) -> now.put(slice, score.now()));
    return now;
  }
}
