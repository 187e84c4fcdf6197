package dev.holdfast.score;

/**
 * How often values were right by how sure they were: {@value #BINS} bins of equal width, in which
 * what is older may count less.
 *
 * <p>Not thread-safe.
 */
public final class ConfidenceBins {
  private static final int BINS = 10;

  private final double[] counts = new double[BINS];
  private final double[] confidences = new double[BINS];
  private final double[] rights = new double[BINS];

  /** All that was added before weighs that much less from now on. */
  public void fade(double factor) {
    for (int b = 0; b < BINS; b++) {
      counts[b] *= factor;
      confidences[b] *= factor;
      rights[b] *= factor;
    }
  }

  /**
   * Adds a value.
   *
   * @param confidence that it was given with, 0 to 1
   */
  public void add(double confidence, boolean right) {
    int bin = bin(confidence);
    counts[bin]++;
    confidences[bin] += confidence;
    rights[bin] += right ? 1 : 0;
  }

  private static int bin(double confidence) {
    return Math.min(BINS - 1, (int) (confidence * BINS));
  }

  /**
   * How often a value is right that is so sure, 0 to 1, by the values of its bin.
   *
   * @param prior values that the confidence itself counts for
   */
  public double accuracy(double confidence, double prior) {
    int bin = bin(confidence);
    return (rights[bin] + prior * confidence) / (counts[bin] + prior);
  }

  /**
   * The expected calibration error of Naeini, Cooper and Hauskrecht 2015, "Obtaining well
   * calibrated probabilities using Bayesian binning", 0 to 1: how far confidence is from how often
   * values were right, the mean over the bins, each weighing as its values; 0 before the first.
   */
  public double calibrationError() {
    double all = 0;
    double apart = 0;
    for (int b = 0; b < BINS; b++) {
      all += counts[b];
      apart += Math.abs(rights[b] - confidences[b]);
    }
    return all == 0 ? 0 : apart / all;
  }
}
