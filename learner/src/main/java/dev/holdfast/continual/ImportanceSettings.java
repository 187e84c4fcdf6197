package dev.holdfast.continual;

/**
 * How it is measured what matters, and how it adds up.
 *
 * @param estimator what is measured of each example
 * @param unit what adds up and decays
 * @param decay γ, what is kept of the importance so far with each unit, 0 to 1
 * @param normalised whether what was measured is divided by its mean over all weights that it is
 *     positive for
 * @param clip most that one unit adds to a weight's importance, after it was normalised; infinity
 *     for no bound
 * @param anchor what weights are held to from then on
 */
public record ImportanceSettings(
    Estimator estimator, Unit unit, double decay, boolean normalised, double clip, Anchor anchor) {

  /** What adds up and decays. */
  public enum Unit {
    /** What lies between two consolidations, however many examples, by their mean. */
    TASK,
    /** Every example by itself: it is all one how many there are between two consolidations. */
    EXAMPLE
  }

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

  /** Online EWC as published, one unit a task. */
  public static ImportanceSettings online(double decay) {
    return new ImportanceSettings(
        Estimator.EMPIRICAL, Unit.TASK, decay, false, Double.POSITIVE_INFINITY, Anchor.LATEST);
  }
}
