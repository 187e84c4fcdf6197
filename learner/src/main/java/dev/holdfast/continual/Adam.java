package dev.holdfast.continual;

import dev.holdfast.network.Parameters;

/**
 * Adam (Kingma & Ba 2015, arXiv:1412.6980, algorithm 1), on the runs that a gradient touches: the
 * moments of a run move only when it is touched. {@code D = (√v̂ + ε) / rate}.
 *
 * <p>Without bias correction the first step from zero is {@code rate · .1 g / √(.01 g²)}, the full
 * rate, which is what sparse rows want; this is the departure that the extractor learns with. With
 * it, each run counts its own steps.
 */
final class Adam implements Optimizer {
  private static final float BETA1 = .9f;

  private final Parameters parameters;
  private final float beta2;
  private final float epsilon;
  private final boolean corrected;
  private float meanScale = 1;
  private float sizeScale = 1;

  private Adam(Parameters parameters, float beta2, float epsilon, boolean corrected) {
    this.parameters = parameters;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.corrected = corrected;
  }

  /** For sparse rows: β₂ = .99, ε = 10⁻⁶, no bias correction. */
  static Adam sparse(Parameters parameters) {
    return new Adam(parameters, .99f, 1e-6f, false);
  }

  /** As published: β₂ = .999, ε = 10⁻⁸, bias correction. */
  static Adam published(Parameters parameters) {
    return new Adam(parameters, .999f, 1e-8f, true);
  }

  @Override
  public void begin(int offset, int length) {
    if (corrected) {
      double steps = count(offset, length);
      meanScale = (float) (1 / (1 - Math.pow(BETA1, steps)));
      sizeScale = (float) Math.sqrt(1 / (1 - Math.pow(beta2, steps)));
    }
  }

  /** Counts one more step of a run; returns how many it has had. */
  private float count(int offset, int length) {
    float[] steps = parameters.plane(Planes.STEPS);
    for (int k = offset; k < offset + length; k++) {
      steps[k]++;
    }
    return steps[offset];
  }

  @Override
  public float push(int weight, float gradient, float rate) {
    float[] mean = parameters.plane(Planes.MEAN);
    float[] variance = parameters.plane(Planes.VARIANCE);
    mean[weight] = BETA1 * mean[weight] + (1 - BETA1) * gradient;
    variance[weight] = beta2 * variance[weight] + (1 - beta2) * gradient * gradient;
    return rate * (mean[weight] * meanScale);
  }

  @Override
  public float metric(int weight) {
    return (float) Math.sqrt(parameters.plane(Planes.VARIANCE)[weight]) * sizeScale + epsilon;
  }
}
