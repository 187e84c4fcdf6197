package dev.holdfast.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Measures, in one collection, how long after an annotation the first extraction is made by a
 * version that learned it. Extractions and versions arrive by different topics, so either may be
 * seen first.
 *
 * <p>Not thread-safe.
 */
final class LearnToServe {
  private final Latencies latencies;

  /** When each version was first seen to serve, those that made no extraction left out. */
  private final NavigableMap<Long, Long> firstServed = new TreeMap<>();

  /** Annotation times of what a version learned that was not yet seen to serve. */
  private final NavigableMap<Long, List<Long>> waiting = new TreeMap<>();

  /**
   * @param latencies that take what is measured, in milliseconds
   */
  LearnToServe(Latencies latencies) {
    this.latencies = latencies;
  }

  /** An extraction was made by that version at that time. */
  void served(long version, long atMillis) {
    if (firstServed.putIfAbsent(version, atMillis) != null) {
      return;
    }
    Map<Long, List<Long>> learnedBefore = waiting.headMap(version, true);
    learnedBefore.values().forEach(all -> all.forEach(at -> latencies.add(atMillis - at)));
    learnedBefore.clear();
  }

  /** That version learned what was annotated at that time. */
  void learned(long version, long annotatedAtMillis) {
    Map.Entry<Long, Long> served = firstServed.ceilingEntry(version);
    if (served == null) {
      waiting.computeIfAbsent(version, key -> new ArrayList<>()).add(annotatedAtMillis);
    } else {
      latencies.add(served.getValue() - annotatedAtMillis);
    }
  }
}
