package dev.holdfast.continual;

/** Plain gradient descent, {@code θ ← θ − rate · g}, so that D = 1 / rate. */
final class GradientDescent implements Optimizer {
  @Override
  public float push(int weight, float gradient, float rate) {
    return rate * gradient;
  }

  @Override
  public float metric(int weight) {
    return 1;
  }
}
