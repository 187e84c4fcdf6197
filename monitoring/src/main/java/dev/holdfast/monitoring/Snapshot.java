package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that monitoring shows, at one moment.
 *
 * @param scores of predictions
 * @param rejected messages refused, by the code of the reason
 * @param lag records not yet read, by topic
 */
public record Snapshot(
    Scores scores, SortedMap<String, Long> rejected, SortedMap<String, Long> lag) {

  public Snapshot {
    requireNonNull(scores, "scores is null");
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
  }
}
