package dev.holdfast.continual;

/**
 * Holds a network to what it said about a remembered example when it remembered it: the term {@code
 * α · mean (z − z_stored)²} of Dark Experience Replay (Buzzega et al. 2020, arXiv:2004.07211, eq.
 * 6), for any network that gives logits.
 */
public final class StoredLogits {
  private StoredLogits() {}

  /**
   * The term for one example.
   *
   * @param logits as they are, from index {@code at} on
   * @param stored as they were
   * @param strength α times the example's share in the loss; 0 switches the term off
   * @param gradient added to, from index {@code at} on: the gradient by the logits
   * @return the mean squared difference times the strength
   */
  public static double loss(
      float[] logits, int at, float[] stored, float strength, float[] gradient) {
    double sum = 0;
    for (int c = 0; c < stored.length; c++) {
      float difference = logits[at + c] - stored[c];
      sum += (double) difference * difference;
      gradient[at + c] += 2 * strength * difference / stored.length;
    }
    return stored.length == 0 ? 0 : strength * sum / stored.length;
  }
}
