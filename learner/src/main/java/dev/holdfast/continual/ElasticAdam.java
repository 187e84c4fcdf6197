package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Parameters;

/**
 * One step of Adam followed by the elastic step, on exactly the runs that a document touches.
 *
 * <p>Adam (Kingma & Ba 2015, arXiv:1412.6980) with β₁ = .9 and β₂ = .99. Departures: moments move
 * only when their run is touched, and there is no bias correction; from zero the first step then is
 * {@code rate · .1 g / √(.01 g²)}, the full rate, which is what sparse rows want.
 *
 * <p>The elastic step is the proximal, implicit form of the penalty {@code λ/2 · F (θ − a)²} of
 * Kirkpatrick et al. 2017 (arXiv:1612.00796, eq. 3): in the metric D = (√v̂ + ε) / rate in which
 * Adam just stepped,
 *
 * <pre>θ ← (D θ + λ F a) / (D + λ F)</pre>
 *
 * which moves θ toward the anchor a and never past it, for any λ ≥ 0; the explicit gradient step
 * diverges once rate · λ · F exceeds 2.
 *
 * <p>Not thread-safe.
 */
final class ElasticAdam implements GradientConsumer {
  /** Planes of {@link Parameters} that a learner keeps. */
  static final int MEAN = 1;

  static final int VARIANCE = 2;
  static final int IMPORTANCE = 3;
  static final int ANCHOR = 4;

  /** Squared gradients measured since the last consolidation, see {@link Importance}. */
  static final int SQUARES = 5;

  static final int PLANES = 6;

  private static final float BETA1 = .9f;
  private static final float BETA2 = .99f;
  private static final float EPSILON = 1e-6f;

  private final Parameters parameters;
  private final float wideRate;
  private final float chainRate;
  private final float encoderRate;
  private final float weightDecay;
  private final double fullLambda;
  private float lambda;

  ElasticAdam(Parameters parameters, LearningSettings settings) {
    this.parameters = parameters;
    wideRate = (float) settings.wideRate();
    chainRate = (float) settings.chainRate();
    encoderRate = (float) settings.encoderRate();
    weightDecay = (float) settings.weightDecay();
    fullLambda = settings.lambda();
    lambda = (float) fullLambda;
  }

  /**
   * Sets how strongly weights are held: the elastic step stands in for documents that can no longer
   * be rehearsed, so it acts by their share.
   *
   * @param share of learned documents that are not remembered, 0 to 1
   */
  void hold(double share) {
    lambda = (float) (fullLambda * share);
  }

  @Override
  public void accept(Part part, int offset, float[] gradient, int from, int length, int documents) {
    float[] weights = parameters.weights();
    float[] mean = parameters.plane(MEAN);
    float[] variance = parameters.plane(VARIANCE);
    float[] importance = parameters.plane(IMPORTANCE);
    float[] anchor = parameters.plane(ANCHOR);
    float rate = part == Part.WIDE ? wideRate : part == Part.CHAIN ? chainRate : encoderRate;
    float decay = documents == 0 ? 0 : weightDecay / documents;
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float g = gradient[from + i] + decay * weights[k];
      mean[k] = BETA1 * mean[k] + (1 - BETA1) * g;
      variance[k] = BETA2 * variance[k] + (1 - BETA2) * g * g;
      float size = (float) Math.sqrt(variance[k]) + EPSILON;
      float stepped = weights[k] - rate * mean[k] / size;
      float held = lambda * importance[k] * rate;
      weights[k] = held > 0 ? elastic(stepped, anchor[k], size, held) : stepped;
    }
  }

  /**
   * {@code (D θ + λ F a) / (D + λ F)} with both sides multiplied by the rate; a when λ F is beyond
   * measure.
   */
  static float elastic(float stepped, float anchor, float size, float held) {
    float share = held / (size + held);
    return Float.isNaN(share) ? anchor : stepped + share * (anchor - stepped);
  }
}
