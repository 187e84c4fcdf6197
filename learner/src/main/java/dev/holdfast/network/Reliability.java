package dev.holdfast.network;

import dev.holdfast.score.AnnotatedValues;
import java.util.List;

/**
 * How often candidates of a field were right, by their raw probability: a reliability diagram over
 * bins of half a nat, in which what is older counts less. It is filled with candidates that were
 * found before their document was learned, so it needs no documents of its own.
 *
 * <p>Not thread-safe.
 */
final class Reliability {
  /** Candidates below this probability are not worth counting. */
  static final float LEAST = .05f;

  private static final int BINS = 24;
  private static final double FIRST_LOGIT = -4.75;
  private static final double BIN = .5;

  /** How many numbers it is: offered and right by bin, and the values that there were to find. */
  static final int NUMBERS = 2 * BINS + 1;

  private static final int RIGHT = BINS;
  private static final int ANNOTATED = 2 * BINS;

  /** About how many values are remembered: what is older has been outgrown. */
  private static final float WINDOW = 50;

  /** How fast what is measured first is outgrown: the k-th document weighs like k to this power. */
  private static final float YOUTH = 2;

  /** Values that the prior opinion of a field's best F1 counts for. */
  private static final double PRIOR_VALUES = 4;

  private static final double SLOPE_PRECISION = 50;
  private static final double OFFSET_PRECISION = 20;
  private static final double MOST_CURVATURE = .25;
  private static final double LEAST_SLOPE = .1;

  private static final int STEPS = 60;

  private final float[] counts;

  Reliability() {
    this(new float[NUMBERS]);
  }

  private Reliability(float[] counts) {
    this.counts = counts;
  }

  /** The counts, to save them or to fill them in. */
  float[] counts() {
    return counts;
  }

  /** All of several together. */
  static Reliability sum(List<Reliability> parts) {
    Reliability sum = new Reliability();
    for (Reliability part : parts) {
      for (int k = 0; k < NUMBERS; k++) {
        sum.counts[k] += part.counts[k];
      }
    }
    return sum;
  }

  /**
   * Counts the candidates of one document, found before it was learned.
   *
   * @param before how many documents with the field were learned; while these are few, the model
   *     changes fast and what is older counts much less
   */
  void count(List<PredictedValue> candidates, AnnotatedValues annotated, int before) {
    int spoken = annotated.forms().size();
    float kept = Math.min(before / (before + YOUTH), WINDOW / (WINDOW + Math.max(1, spoken)));
    for (int k = 0; k < NUMBERS; k++) {
      counts[k] *= kept;
    }
    for (PredictedValue candidate : candidates) {
      int bin = bin(candidate.confidence());
      counts[bin]++;
      counts[RIGHT + bin] += annotated.tally(List.of(candidate.text())).right();
    }
    counts[ANNOTATED] += spoken;
  }

  private static int bin(double probability) {
    long bin = Math.round((Calibration.logit(probability) - FIRST_LOGIT) / BIN - .5);
    return (int) Math.max(0, Math.min(BINS - 1, bin));
  }

  private static double middle(int bin) {
    return FIRST_LOGIT + (bin + .5) * BIN;
  }

  /** The calibration of all fields together, for {@link #calibration(Calibration)} of each. */
  Calibration calibration() {
    return calibration(Calibration.NONE);
  }

  /**
   * The most probable calibration given the counts, with the prior as the mean of a normal
   * distribution, by Newton steps under the largest curvature a logistic loss can have, which never
   * overshoot (Böhning, Lindsay 1988). The threshold is half of the best F1 that any threshold
   * promises, which is where the F1 of calibrated probabilities is largest (Lipton, Elkan,
   * Naryanaswamy 2014, arXiv:1402.1892).
   */
  Calibration calibration(Calibration prior) {
    double slope = prior.slope();
    double offset = prior.offset();
    for (int step = 0; step < STEPS; step++) {
      double bySlope = SLOPE_PRECISION * (slope - prior.slope());
      double byOffset = OFFSET_PRECISION * (offset - prior.offset());
      double slope2 = SLOPE_PRECISION;
      double offset2 = OFFSET_PRECISION;
      double mixed = 0;
      for (int bin = 0; bin < BINS; bin++) {
        double x = middle(bin);
        double p = Calibration.sigmoid(slope * x + offset);
        double error = counts[bin] * p - counts[RIGHT + bin];
        double curvature = counts[bin] * MOST_CURVATURE;
        bySlope += error * x;
        byOffset += error;
        slope2 += curvature * x * x;
        offset2 += curvature;
        mixed += curvature * x;
      }
      double determinant = slope2 * offset2 - mixed * mixed;
      slope -= (offset2 * bySlope - mixed * byOffset) / determinant;
      offset -= (slope2 * byOffset - mixed * bySlope) / determinant;
      slope = Math.max(LEAST_SLOPE, slope);
    }
    double best = bestF1(slope, offset, 2 * prior.threshold());
    return new Calibration((float) slope, (float) offset, (float) (best / 2));
  }

  private double bestF1(double slope, double offset, double prior) {
    double right = PRIOR_VALUES * prior / 2;
    double spoken = PRIOR_VALUES + counts[ANNOTATED];
    double best = 2 * right / spoken;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      right += counts[bin] * Calibration.sigmoid(slope * middle(bin) + offset);
      spoken += counts[bin];
      best = Math.max(best, 2 * right / spoken);
    }
    return best;
  }
}
