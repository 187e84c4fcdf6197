package dev.holdfast.console;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a collection stands now, in numbers that are kept elsewhere. Ratios are 0 to 1.
 *
 * @param scored documents that were scored
 * @param f1 over the last documents
 * @param allF1 over all documents
 * @param estimatedF1 what confidence promises where nobody has said anything
 * @param calibrationError how far confidence is from how often values are right
 * @param backwardTransfer what other types did to those that came back, -1 to 1
 * @param levels of drift by signal, as a share of what it takes to alarm
 * @param drifting whether documents have changed and what came has not been learned yet
 * @param newTypes share of the latest documents that are of types not seen before
 * @param newWords share of their words that were not seen before
 */
public record Standing(
    long scored,
    double f1,
    double allF1,
    double estimatedF1,
    double calibrationError,
    double backwardTransfer,
    SortedMap<String, Double> levels,
    boolean drifting,
    double newTypes,
    double newWords) {
  public Standing {
    levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
  }
}
