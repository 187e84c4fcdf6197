package dev.holdfast.continual;

import dev.holdfast.network.Parameters;
import java.util.Arrays;

/** Plain gradient descent, {@code θ ← θ − rate · g}, so that D = 1 / rate. */
final class GradientDescent implements Optimizer {
  private final Parameters parameters;

  GradientDescent(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public void step(int offset, float[] gradient, int length, float rate, float[] metric) {
    float[] weights = parameters.weights();
    for (int i = 0; i < length; i++) {
      weights[offset + i] -= rate * gradient[i];
    }
    Arrays.fill(metric, 0, length, 1f);
  }
}
