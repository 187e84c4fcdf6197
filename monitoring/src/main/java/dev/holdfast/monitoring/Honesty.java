package dev.holdfast.monitoring;

import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.score.ConfidenceBins;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Whether confidence says how often it is right, and what F1 it promises where nobody has said
 * anything yet.
 *
 * <p>The calibration error is that of {@link ConfidenceBins}; the counts fade as prequential scores
 * do.
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
  /** Values in a bin that its confidence itself counts for. */
  private static final double PRIOR = 5;

  private final double fadingFactor;
  private final int window;
  private final ConfidenceBins bins = new ConfidenceBins();
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
    bins.fade(fadingFactor);
    scored.values().forEach(value -> bins.add(value.confidence(), value.right()));
    right = fadingFactor * right + scored.total().right();
    missed = fadingFactor * missed + scored.total().annotated() - scored.total().right();
  }

  /** How far confidence is from how often values were right, 0 to 1; 0 before the first. */
  double calibrationError() {
    return bins.calibrationError();
  }

  /** The F1 that the latest extractions promise, 0 to 1; 1 while there is nothing to go by. */
  double estimatedF1() {
    double expected = 0;
    double predicted = 0;
    for (List<Double> document : latest) {
      for (double confidence : document) {
        expected += bins.accuracy(confidence, PRIOR);
        predicted++;
      }
    }
    double missedPerRight = right == 0 ? 0 : missed / right;
    double annotated = expected * (1 + missedPerRight);
    return predicted + annotated == 0 ? 1 : 2 * expected / (predicted + annotated);
  }
}
