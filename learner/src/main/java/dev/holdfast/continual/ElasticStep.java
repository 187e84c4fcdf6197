package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Parameters;
import java.util.EnumMap;
import java.util.Map;

/**
 * One step of an optimizer followed by the elastic step, on exactly the runs that a gradient
 * touches.
 *
 * <p>The elastic step is the proximal, implicit form of the penalty {@code λ/2 · F (θ − a)²} of
 * Kirkpatrick et al. 2017 (arXiv:1612.00796, eq. 3): in the metric D in which the optimizer just
 * stepped,
 *
 * <pre>θ ← (D θ + λ F a) / (D + λ F)</pre>
 *
 * which moves θ toward the anchor a and never past it, for any λ ≥ 0; the explicit gradient step
 * diverges once rate · λ · F exceeds 2. A weight without importance – one that came into being
 * since the last consolidation – is not held.
 *
 * <p>Beside it, and by the same step, weights may be pulled to θ₀, what they were before any
 * learning, so that they stay as able to learn: {@code θ ← (D θ + λ F a + ρ θ₀) / (D + λ F + ρ)}.
 * This is the L2-Init of Kumar et al. 2023 (arXiv:2308.11958), whose {@code λ ‖θ − θ₀‖²} is
 * differentiated there. Chains are not pulled: their few numbers do not wear out.
 *
 * <p>Not thread-safe.
 */
public final class ElasticStep implements GradientConsumer {
  /** Weights stepped at once: what is known about them stays in the processor's nearest cache. */
  private static final int BLOCK = 1024;

  private final Parameters parameters;
  private final Optimizer optimizer;
  private final Map<Part, Float> rates = new EnumMap<>(Part.class);
  private final float weightDecay;
  private final float startPull;
  private final double fullLambda;
  private final float[] gradients = new float[BLOCK];
  private final float[] metric = new float[BLOCK];
  private float lambda;
  private float haste = 1;

  public ElasticStep(Parameters parameters, StepSettings settings) {
    if (parameters.planes() < settings.planes()) {
      throw new IllegalArgumentException(
          "expected %d planes, was %d".formatted(settings.planes(), parameters.planes()));
    }
    this.parameters = parameters;
    optimizer = settings.rule().on(parameters);
    settings.rates().forEach((part, rate) -> rates.put(part, rate.floatValue()));
    weightDecay = (float) settings.weightDecay();
    startPull = (float) settings.startPull();
    fullLambda = settings.lambda();
    lambda = (float) fullLambda;
  }

  /**
   * Sets how strongly weights are held: the elastic step stands in for examples that can no longer
   * be rehearsed, so it acts by their share.
   *
   * @param share of learned examples that are not remembered, 0 to 1
   */
  public void hold(double share) {
    lambda = (float) (fullLambda * share);
  }

  /** How strongly weights are held now, at least 0. */
  double lambda() {
    return lambda;
  }

  /**
   * Sets how much further than usual every step goes.
   *
   * @param factor that every rate is multiplied by, above 0
   */
  public void hurry(double factor) {
    haste = (float) factor;
  }

  @Override
  public void accept(Part part, int offset, float[] gradient, int from, int length, int documents) {
    float rate = haste * rates.get(part);
    float decay = documents == 0 ? 0 : weightDecay / documents;
    float pull = part == Part.CHAIN ? 0 : startPull * rate;
    for (int done = 0; done < length; done += BLOCK) {
      int size = Math.min(BLOCK, length - done);
      float[] weights = parameters.weights();
      for (int i = 0; i < size; i++) {
        gradients[i] = gradient[from + done + i] + decay * weights[offset + done + i];
      }
      optimizer.step(offset + done, gradients, size, rate, metric);
      if (pull > 0) {
        holdAndPull(offset + done, size, rate, pull);
      } else if (lambda > 0) {
        hold(offset + done, size, rate);
      }
    }
  }

  private void hold(int offset, int length, float rate) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float held = lambda * importance[k] * rate;
      if (held > 0) {
        weights[k] = elastic(weights[k], anchor[k], metric[i], held);
      }
    }
  }

  private void holdAndPull(int offset, int length, float rate, float pull) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float[] start = parameters.plane(Planes.START);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float held = lambda * importance[k] * rate;
      float both = held + pull;
      // Where both pull is their mean; a is that mean when λ F is beyond measure.
      float to = anchor[k] + pull / both * (start[k] - anchor[k]);
      weights[k] = elastic(weights[k], held > 0 ? to : start[k], metric[i], both);
    }
  }

  /**
   * {@code (D θ + λ F a) / (D + λ F)} with both sides multiplied by the rate; a when λ F is beyond
   * measure.
   */
  static float elastic(float stepped, float anchor, float metric, float held) {
    float share = held / (metric + held);
    return Float.isNaN(share) ? anchor : stepped + share * (anchor - stepped);
  }
}
