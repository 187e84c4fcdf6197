package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Parameters;
import java.util.Arrays;

/**
 * How much each weight matters for what was learned: the diagonal of the empirical Fisher
 * information, the mean over documents of the squared gradient of one document's log-likelihood –
 * squared for each document, not for a batch.
 *
 * <p>Consolidation is online EWC (Schwarz et al. 2018, arXiv:1805.06370, eqs. 8–9): {@code F ← γ F
 * + F_new} with a single anchor at the weights of the moment. Departures: F_new is not normalised,
 * and each document's square is taken when it was just learned rather than all at the end, so that
 * nothing needs to be kept for it and no round waits for it.
 *
 * <p>Not thread-safe.
 */
final class Importance implements GradientConsumer {
  private final Parameters parameters;

  Importance(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public void accept(Part part, int offset, float[] gradient, int from, int length, int documents) {
    float[] squares = parameters.plane(ElasticAdam.SQUARES);
    for (int i = 0; i < length; i++) {
      float g = gradient[from + i];
      squares[offset + i] += g * g;
    }
  }

  /**
   * Adds what was measured to the importance, moves the anchor to the weights as they are, and
   * begins to measure anew.
   *
   * @param decay γ, what is kept of the importance so far
   * @param documents how many were measured since the last consolidation, at least 1
   */
  void consolidate(double decay, long documents) {
    float[] importance = parameters.plane(ElasticAdam.IMPORTANCE);
    float[] squares = parameters.plane(ElasticAdam.SQUARES);
    int used = parameters.used();
    for (int k = 0; k < used; k++) {
      importance[k] = (float) (decay * importance[k] + (double) squares[k] / documents);
    }
    Arrays.fill(squares, 0, used, 0f);
    System.arraycopy(parameters.weights(), 0, parameters.plane(ElasticAdam.ANCHOR), 0, used);
  }
}
