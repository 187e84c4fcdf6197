package dev.holdfast.continual;

import java.util.Arrays;

/** Plain gradient descent, {@code θ ← θ − rate · g}, so that D = 1 / rate. */
final class GradientDescent implements Optimizer {
  @Override
  public void step(int offset, float[] push, int length, float rate, float[] metric) {
    for (int i = 0; i < length; i++) {
      push[i] *= rate;
    }
    Arrays.fill(metric, 0, length, 1f);
  }
}
