package dev.holdfast.continual;

import dev.holdfast.network.Parameters;

/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1) for sparse rows, on the runs that a
 * gradient touches: the moments of a run move only when it is touched. {@code D = (√v̂ + ε) /
 * rate}, β₂ = .99, ε = 10⁻⁶.
 *
 * <p>There is no bias correction: the first step from zero is {@code rate · .1 g / √(.01 g²)}, the
 * full rate, which is what sparse rows want; this is the departure that the extractor learns with.
 */
final class Adam implements Optimizer {
  private static final float BETA1 = .9f;
  private static final float BETA2 = .99f;
  private static final float EPSILON = 1e-6f;

  private final Parameters parameters;

  Adam(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public float push(int weight, float gradient, float rate) {
    float[] mean = parameters.plane(Planes.MEAN);
    float[] variance = parameters.plane(Planes.VARIANCE);
    mean[weight] = BETA1 * mean[weight] + (1 - BETA1) * gradient;
    variance[weight] = BETA2 * variance[weight] + (1 - BETA2) * gradient * gradient;
    return rate * mean[weight];
  }

  @Override
  public float metric(int weight) {
    return (float) Math.sqrt(parameters.plane(Planes.VARIANCE)[weight]) + EPSILON;
  }
}
