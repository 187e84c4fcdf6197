package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that monitoring shows, at one moment.
 *
 * @param scores of predictions
 * @param drift by collection
 * @param events of drift that were ever told
 * @param rejected messages refused, by the code of the reason
 * @param lag records not yet read, by topic
 */
public record Snapshot(
    Scores scores,
    SortedMap<String, DriftState> drift,
    long events,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> lag) {

  public Snapshot {
    requireNonNull(scores, "scores is null");
    drift = Collections.unmodifiableSortedMap(new TreeMap<>(drift));
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
  }
}
