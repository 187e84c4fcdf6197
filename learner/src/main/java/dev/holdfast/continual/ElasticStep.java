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
 * since the last consolidation – is not held. Both steps are taken at once, from the θ before them
 * and the gradient g: {@code θ ← θ + (λ F (a − θ) − g) / (D + λ F)}, the same in one division.
 *
 * <p>Beside it, and by the same step, weights may be pulled to θ₀, what they were before any
 * learning, so that they stay as able to learn: {@code ρ (θ₀ − θ)} above the line and ρ below it.
 * This is the L2-Init of Kumar et al. 2023 (arXiv:2308.11958), whose {@code λ ‖θ − θ₀‖²} is
 * differentiated there. Chains are not pulled: their few numbers do not wear out.
 *
 * <p>Not thread-safe.
 */
public final class ElasticStep implements GradientConsumer {
  /** Weights stepped at once: what is known about them stays in the processor's nearest cache. */
  private static final int BLOCK = 1024;

  /** Holds a weight to the bit; more would only overflow. */
  private static final float BEYOND_MEASURE = 1e20f;

  private final Parameters parameters;
  private final Optimizer optimizer;
  private final Map<Part, Float> rates = new EnumMap<>(Part.class);
  private final float weightDecay;
  private final float startPull;
  private final double fullLambda;
  private final float[] push = new float[BLOCK];
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
        push[i] = gradient[from + done + i] + decay * weights[offset + done + i];
      }
      optimizer.step(offset + done, push, size, rate, metric);
      if (pull > 0) {
        pull(offset + done, size, pull);
      }
      if (lambda > 0) {
        hold(offset + done, size, rate);
      } else {
        move(offset + done, size);
      }
    }
  }

  /** Adds what pulls each weight to where it started, to what moves it and to the metric. */
  private void pull(int offset, int length, float pull) {
    float[] weights = parameters.weights();
    float[] start = parameters.plane(Planes.START);
    for (int i = 0; i < length; i++) {
      push[i] += pull * (weights[offset + i] - start[offset + i]);
      metric[i] += pull;
    }
  }

  private void move(int offset, int length) {
    float[] weights = parameters.weights();
    for (int i = 0; i < length; i++) {
      weights[offset + i] -= push[i] / metric[i];
    }
  }

  private void hold(int offset, int length, float rate) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float scale = Math.min(lambda * rate, BEYOND_MEASURE);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      weights[k] = elastic(weights[k], push[i], metric[i], anchor[k], scale * importance[k]);
    }
  }

  /**
   * The elastic step of one weight from before the optimizer's, in one division.
   *
   * @param push of the optimizer's step, which alone would lead to {@code weight − push / metric}
   * @param held {@code λ F} times the rate, at least 0
   */
  static float elastic(float weight, float push, float metric, float anchor, float held) {
    float most = Math.min(held, BEYOND_MEASURE);
    return weight + (most * (anchor - weight) - push) / (metric + most);
  }
}
