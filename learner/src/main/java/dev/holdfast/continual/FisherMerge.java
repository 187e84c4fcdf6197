package dev.holdfast.continual;

import dev.holdfast.network.Network;
import dev.holdfast.network.Parameters;
import dev.holdfast.network.RunMerger;

/**
 * The mean of two networks' weights, each weighted by how much it matters to what its network has
 * learned, its Fisher information F:
 *
 * <pre>θ = (F₁ θ₁ + F₂ θ₂) / (F₁ + F₂)</pre>
 *
 * <p>Matena and Raffel 2022, arXiv:2111.09832, eq. 2 for two models of equal say: the mode of the
 * product of both posteriors, each taken for a normal distribution with its diagonal Fisher as
 * precision. Departures: F is the running importance of {@link Importance}, a sum over documents
 * that fades and not a mean, so that who has learned more has more to say; to it is added a little
 * for each learned document, so that weights that matter to neither are averaged by documents; a
 * weight that only one network has is taken over as it is ({@link Network#take}).
 *
 * <p>What a learner keeps beside a weight is averaged like it, but that the importance of the
 * merged weight is the larger one – as much of what both know may come from the same documents,
 * their sum would count those twice – and its anchor is the merged weight. So a network that is
 * merged with itself stays as it was after its last consolidation, to the bit.
 *
 * @param mineLearned documents that the network that the outcome goes to has learned
 * @param theirsLearned documents that the other one has learned
 */
record FisherMerge(long mineLearned, long theirsLearned) implements RunMerger {
  /** Importance that every weight has for each learned document at least. */
  private static final double LEAST = 1e-6;

  @Override
  public void merge(Parameters mine, int at, Parameters theirs, int from, int length) {
    double ours = LEAST * (1 + mineLearned);
    double others = LEAST * (1 + theirsLearned);
    float[] importance = mine.plane(Planes.IMPORTANCE);
    float[] theirImportance = theirs.plane(Planes.IMPORTANCE);
    int planes = Math.min(mine.planes(), theirs.planes());
    for (int i = 0; i < length; i++) {
      float most = Math.max(importance[at + i], theirImportance[from + i]);
      double first = importance[at + i] + ours;
      double second = theirImportance[from + i] + others;
      for (int p = 0; p < planes; p++) {
        float[] plane = mine.plane(p);
        plane[at + i] = mean(first, plane[at + i], second, theirs.plane(p)[from + i]);
      }
      importance[at + i] = most;
      mine.plane(Planes.ANCHOR)[at + i] = mine.weights()[at + i];
    }
  }

  /** In double precision, so that the mean of two equal numbers is that number. */
  static float mean(double first, float mine, double second, float theirs) {
    return (float) ((first * mine + second * theirs) / (first + second));
  }
}
