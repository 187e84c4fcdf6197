package dev.holdfast.continual;

import dev.holdfast.network.Parameters;

/**
 * Adam as published (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1) with β₂ = .999, ε = 10⁻⁸ and
 * bias correction. Since only what a gradient touches is stepped, each weight counts its own steps.
 */
final class CorrectedAdam implements Optimizer {
  private static final float BETA1 = .9f;
  private static final float BETA2 = .999f;
  private static final float EPSILON = 1e-8f;

  private final Parameters parameters;

  /** Steps that the scales are for: most weights of a run have had as many as the one before. */
  private float steps;

  private float meanScale;
  private float sizeScale;

  CorrectedAdam(Parameters parameters) {
    this.parameters = parameters;
  }

  @Override
  public float push(int weight, float gradient, float rate) {
    float[] mean = parameters.plane(Planes.MEAN);
    float[] variance = parameters.plane(Planes.VARIANCE);
    mean[weight] = normal(BETA1 * mean[weight] + (1 - BETA1) * gradient);
    variance[weight] = normal(BETA2 * variance[weight] + (1 - BETA2) * gradient * gradient);
    correct(++parameters.plane(Planes.STEPS)[weight]);
    return rate * (mean[weight] * meanScale);
  }

  /**
   * Zero in place of denormal numbers, with which processors reckon slowly: where gradients are 0,
   * running means would shrink to the smallest of them and stay there.
   */
  private static float normal(float number) {
    return Math.abs(number) < Float.MIN_NORMAL ? 0 : number;
  }

  private void correct(float count) {
    if (count != steps) {
      steps = count;
      meanScale = (float) (1 / (1 - Math.pow(BETA1, steps)));
      sizeScale = (float) Math.sqrt(1 / (1 - Math.pow(BETA2, steps)));
    }
  }

  @Override
  public float metric(int weight) {
    return (float) Math.sqrt(parameters.plane(Planes.VARIANCE)[weight]) * sizeScale + EPSILON;
  }
}
