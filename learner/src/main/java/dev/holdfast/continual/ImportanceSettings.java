package dev.holdfast.continual;

/**
 * How it is measured what matters, and how it adds up.
 *
 * @param estimator what is measured of each example
 * @param decay γ, what is kept of the importance so far at each consolidation, 0 to 1
 * @param normalised whether what was measured is divided by its mean over all weights that it is
 *     positive for
 * @param clip most that one consolidation adds to a weight's importance, after it was normalised;
 *     infinity for no bound
 * @param anchor what weights are held to from then on
 */
public record ImportanceSettings(
    Estimator estimator, double decay, boolean normalised, double clip, Anchor anchor) {

  /** What weights are held to after a consolidation. */
  public enum Anchor {
    /** The weights of the moment (Huszár 2018, PNAS 115:E2496; Schwarz et al. 2018). */
    LATEST,
    /**
     * The mean of all anchors so far by their importance. The sum of one quadratic penalty for each
     * consolidation, as in Kirkpatrick et al. 2017, is one quadratic around that mean.
     */
    MEAN
  }

  /** Online EWC as the extractor learns with it. */
  public static ImportanceSettings online(double decay) {
    return new ImportanceSettings(
        Estimator.EMPIRICAL, decay, false, Double.POSITIVE_INFINITY, Anchor.LATEST);
  }
}
