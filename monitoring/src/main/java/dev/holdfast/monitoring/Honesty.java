package dev.holdfast.monitoring;

import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Whether confidence says how often it is right, and what F1 it promises where nobody has said
 * anything yet.
 *
 * <p>The calibration error is the expected calibration error of Naeini, Cooper and Hauskrecht 2015,
 * "Obtaining well calibrated probabilities using Bayesian binning", over {@value #BINS} bins of
 * equal width; the counts fade as prequential scores do.
 *
 * <p>The estimate is that of confidence-based performance estimation (CBPE, the method of NannyML):
 * a value counts as right as often as values of its bin were. Departure: an extraction has no
 * probability for a value that was overlooked, so values are taken to be overlooked as often as
 * they were where people said something,
 *
 * <pre>
 * F1 ≈ 2 R / (P + R (1 + m)),  R = Σ accuracy(bin of c), P values predicted, m missed per right
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class Honesty {
  private static final int BINS = 10;

  /** Values in a bin that its confidence itself counts for. */
  private static final double PRIOR = 5;

  private final double fadingFactor;
  private final int window;
  private final double[] counts = new double[BINS];
  private final double[] confidences = new double[BINS];
  private final double[] rights = new double[BINS];
  private double right;
  private double missed;
  private final Deque<List<Double>> latest = new ArrayDeque<>();

  /**
   * @param fadingFactor weight of the past at each scored document
   * @param window documents that the estimate is of
   */
  Honesty(double fadingFactor, int window) {
    this.fadingFactor = fadingFactor;
    this.window = window;
  }

  void extraction(Extraction extraction) {
    latest.addLast(
        extraction.fields().values().stream()
            .flatMap(List::stream)
            .map(ExtractedValue::confidence)
            .toList());
    if (latest.size() > window) {
      latest.removeFirst();
    }
  }

  void scored(Scored scored) {
    for (int b = 0; b < BINS; b++) {
      counts[b] *= fadingFactor;
      confidences[b] *= fadingFactor;
      rights[b] *= fadingFactor;
    }
    for (Scored.Judged value : scored.values()) {
      int bin = bin(value.confidence());
      counts[bin]++;
      confidences[bin] += value.confidence();
      rights[bin] += value.right() ? 1 : 0;
    }
    right = fadingFactor * right + scored.total().right();
    missed = fadingFactor * missed + scored.total().annotated() - scored.total().right();
  }

  private static int bin(double confidence) {
    return Math.min(BINS - 1, (int) (confidence * BINS));
  }

  /**
   * How far confidence is from how often values were right, 0 to 1: the mean over the bins, each
   * weighing as its values; 0 before the first.
   */
  double calibrationError() {
    double all = 0;
    double apart = 0;
    for (int b = 0; b < BINS; b++) {
      all += counts[b];
      apart += Math.abs(rights[b] - confidences[b]);
    }
    return all == 0 ? 0 : apart / all;
  }

  /** The F1 that the latest extractions promise, 0 to 1; 1 while there is nothing to go by. */
  double estimatedF1() {
    double expected = 0;
    double predicted = 0;
    for (List<Double> document : latest) {
      for (double confidence : document) {
        int bin = bin(confidence);
        expected += (rights[bin] + PRIOR * confidence) / (counts[bin] + PRIOR);
        predicted++;
      }
    }
    double missedPerRight = right == 0 ? 0 : missed / right;
    double annotated = expected * (1 + missedPerRight);
    return predicted + annotated == 0 ? 1 : 2 * expected / (predicted + annotated);
  }
}
