package dev.holdfast.bench;

import dev.holdfast.continual.Planes;
import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Parameters;

/**
 * Adds {@code λ F (θ − a)} to a gradient: the penalty of Kirkpatrick et al. 2017 as it is commonly
 * written, to compare the elastic step with.
 */
final class ExplicitPenalty implements GradientConsumer {
  private final Parameters parameters;
  private final float lambda;
  private final GradientConsumer next;

  ExplicitPenalty(Parameters parameters, double lambda, GradientConsumer next) {
    this.parameters = parameters;
    this.lambda = (float) lambda;
    this.next = next;
  }

  @Override
  public void accept(Part part, int offset, float[] gradient, int from, int length, int documents) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float[] sum = new float[length];
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      sum[i] = gradient[from + i] + lambda * importance[k] * (weights[k] - anchor[k]);
    }
    next.accept(part, offset, sum, 0, length, documents);
  }
}
