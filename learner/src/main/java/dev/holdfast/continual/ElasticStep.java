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
 * differentiated there. Chains and applicability are not pulled: their few numbers do not wear out.
 *
 * <p>Applicability is stepped by plain gradient descent whatever the rule is. Where a field is not
 * marked it is unknown, and its gradient says so by being almost nothing; Adam, which divides by
 * the size of gradients, would make whole steps of these.
 *
 * <p>Not thread-safe.
 */
public final class ElasticStep implements GradientConsumer {
  /** λ times the rate, at most; more could overflow with {@link Importance#MOST}. */
  private static final float MOST = 0x1p60f;

  private final Parameters parameters;
  private final Optimizer optimizer;
  private final Map<Part, Float> rates = new EnumMap<>(Part.class);
  private final float weightDecay;
  private final float startPull;
  private final double fullLambda;
  private float lambda;
  private float haste = 1;

  // Of the run at hand.
  private float rate;
  private float decay;
  private float hold;
  private float pull;

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
    rate = haste * rates.get(part);
    decay = documents == 0 ? 0 : weightDecay / documents;
    hold = Math.min(lambda * rate, MOST);
    pull = part == Part.CHAIN ? 0 : startPull * rate;
    if (part == Part.APPLICABILITY) {
      descend(offset, gradient, from, length);
    } else if (pull > 0) {
      holdAndPull(offset, gradient, from, length);
    } else if (hold > 0) {
      hold(offset, gradient, from, length);
    } else {
      move(offset, gradient, from, length);
    }
  }

  private void descend(int offset, float[] gradient, int from, int length) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float push = rate * gradient[from + i];
      weights[k] = elastic(weights[k], push, 1, anchor[k], hold * importance[k]);
    }
  }

  private void move(int offset, float[] gradient, int from, int length) {
    float[] weights = parameters.weights();
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float push = optimizer.push(k, gradient[from + i] + decay * weights[k], rate);
      weights[k] -= push / optimizer.metric(k);
    }
  }

  private void hold(int offset, float[] gradient, int from, int length) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float push = optimizer.push(k, gradient[from + i] + decay * weights[k], rate);
      weights[k] = elastic(weights[k], push, optimizer.metric(k), anchor[k], hold * importance[k]);
    }
  }

  private void holdAndPull(int offset, float[] gradient, int from, int length) {
    float[] weights = parameters.weights();
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float[] start = parameters.plane(Planes.START);
    for (int i = 0; i < length; i++) {
      int k = offset + i;
      float push = optimizer.push(k, gradient[from + i] + decay * weights[k], rate);
      push += pull * (weights[k] - start[k]);
      float metric = optimizer.metric(k) + pull;
      weights[k] = elastic(weights[k], push, metric, anchor[k], hold * importance[k]);
    }
  }

  /**
   * The elastic step of one weight from before the optimizer's, in one division.
   *
   * @param push of the optimizer's step, which alone would lead to {@code weight − push / metric}
   * @param held {@code λ F} times the rate, at least 0
   */
  static float elastic(float weight, float push, float metric, float anchor, float held) {
    return weight + (held * (anchor - weight) - push) / (metric + held);
  }
}
