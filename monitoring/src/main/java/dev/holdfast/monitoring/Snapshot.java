package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import dev.holdfast.console.Standing;
import dev.holdfast.document.CollectionName;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that monitoring shows, at one moment.
 *
 * @param scores of predictions
 * @param drift by collection
 * @param events of drift that were ever told
 * @param untrusted versions that did not count, since nobody has signed them who is trusted
 * @param rejected messages refused, by the code of the reason
 * @param lag records not yet read, by topic
 */
public record Snapshot(
    Scores scores,
    SortedMap<String, DriftState> drift,
    long events,
    long untrusted,
    SortedMap<String, Long> rejected,
    SortedMap<String, Long> lag) {

  public Snapshot {
    requireNonNull(scores, "scores is null");
    drift = Collections.unmodifiableSortedMap(new TreeMap<>(drift));
    rejected = Collections.unmodifiableSortedMap(new TreeMap<>(rejected));
    lag = Collections.unmodifiableSortedMap(new TreeMap<>(lag));
  }

  /** How each collection stands, as the console shows it. */
  Map<CollectionName, Standing> standings() {
    Map<CollectionName, Standing> standings = new TreeMap<>();
    drift.forEach(
        (name, state) -> {
          PrequentialF1 f1 =
              scores.collections().getOrDefault(new Slice(name, ""), PrequentialF1.NONE);
          standings.put(
              new CollectionName(name),
              new Standing(
                  f1.documents(),
                  f1.last(),
                  f1.all(),
                  state.estimatedF1(),
                  state.calibrationError(),
                  state.backwardTransfer(),
                  state.levels(),
                  state.drifting(),
                  state.newTypes(),
                  state.newWords()));
        });
    return standings;
  }
}
