package dev.holdfast.network;

/**
 * What a field's raw probabilities mean: {@code p ↦ σ(slope · logit(p) + offset)}, and from which
 * probability on a value is worth giving.
 *
 * <p>Platt scaling (Platt 1999) over the logit of a probability; 1 / slope is the temperature of
 * Guo et al. 2017 (arXiv:1706.04599), the offset is the departure from it.
 *
 * @param slope greater than 0
 * @param offset in nats
 * @param threshold least calibrated probability of a value, 0 to 1
 */
record Calibration(float slope, float offset, float threshold) {
  /** How many numbers it is. */
  static final int NUMBERS = 3;

  /** What holds before anything is known. */
  static final Calibration NONE = new Calibration(1, 0, .15f);

  private static final double LARGEST_LOGIT = 7;

  /** The calibrated probability, 0 to 1. */
  double of(double probability) {
    return sigmoid(slope * logit(probability) + offset);
  }

  /** ln(p / (1 − p)), no further from 0 than 7. */
  static double logit(double probability) {
    double logit = Math.log(probability / (1 - probability));
    return Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, logit));
  }

  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
