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
 * + F_new} with a single anchor at the weights of the moment. Departure: F_new is not normalised.
 */
final class Importance implements GradientConsumer {
  private final Parameters parameters;
  private float[] squares = new float[0];
  private int documents;

  Importance(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public void accept(Part part, int offset, float[] gradient, int from, int length, int documents) {
    if (squares.length < parameters.used()) {
      squares = Arrays.copyOf(squares, parameters.weights().length);
    }
    for (int i = 0; i < length; i++) {
      float g = gradient[from + i];
      squares[offset + i] += g * g;
    }
  }

  /** Says that the gradients since the last call were one document's. */
  void documentDone() {
    documents++;
  }

  /** Takes the measured importance over and moves the anchor to the weights as they are. */
  void consolidate(double decay) {
    float[] importance = parameters.plane(ElasticAdam.IMPORTANCE);
    int used = parameters.used();
    for (int k = 0; k < used; k++) {
      float fresh = k < squares.length && documents > 0 ? squares[k] / documents : 0;
      importance[k] = (float) (decay * importance[k]) + fresh;
    }
    System.arraycopy(parameters.weights(), 0, parameters.plane(ElasticAdam.ANCHOR), 0, used);
  }
}
