package dev.holdfast.monitoring;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a collection stands at one moment.
 *
 * @param levels of drift by signal, as a share of what it takes to alarm; 1 or more alarms
 * @param drifting whether its documents have changed and what came has not been learned yet
 * @param errorsRisen whether errors have risen and what came has not been learned yet
 * @param newTypes share of the latest documents that are of types not seen before, 0 to 1
 * @param newWords share of their words that were not seen before, 0 to 1
 * @param calibrationError see {@link Honesty#calibrationError}
 * @param estimatedF1 see {@link Honesty#estimatedF1}
 * @param backwardTransfer see {@link BackwardTransfer#now}
 */
public record DriftState(
    SortedMap<String, Double> levels,
    boolean drifting,
    boolean errorsRisen,
    double newTypes,
    double newWords,
    double calibrationError,
    double estimatedF1,
    double backwardTransfer) {
  public DriftState {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
  }
}
