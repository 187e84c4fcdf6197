package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Likelihood;
import dev.holdfast.network.Parameters;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much each weight matters for what was learned, F: what an {@link Estimator} measures of each
 * example, added up.
 *
 * <p>Consolidation is online EWC (Schwarz et al. 2018, arXiv:1805.06370, eqs. 8–9): {@code F ← γ F
 * + F_new} with a single anchor. Departures: F_new is normalised only if the settings say so, then
 * to mean 1 over the weights that it is positive for, so that weights that nothing touches do not
 * change the others; and each example may be measured when it was just learned rather than all at
 * the end, so that nothing needs to be kept for it and no round waits for it. With {@link
 * ImportanceSettings.Unit#EXAMPLE} F_new is the sum over examples, not their mean, and γ is applied
 * once for each: then half of {@code Σ F (θ − a)²} is what Laplace's approximation makes of the
 * loss of all examples so far (Ritter, Botev, Barber 2018, arXiv:1805.07810, eqs. 7–8), wherever
 * the consolidations fall.
 *
 * <p>Not thread-safe.
 */
public final class Importance {
  /** No weight is more important than this, at which it does not move any more. */
  static final float MOST = 0x1p60f;

  /** Of a float: bits of its mantissa behind the first, and what its exponent can be. */
  private static final int MANTISSA = 23;

  private static final int LEAST_EXPONENT = Float.MIN_EXPONENT - 1;
  private static final int EXPONENTS = Float.MAX_EXPONENT + 2 - LEAST_EXPONENT;

  private final Parameters parameters;
  private final ImportanceSettings settings;

  public Importance(Parameters parameters, ImportanceSettings settings) {
    this.parameters = parameters;
    this.settings = settings;
  }

  /** Measures one example with the estimator of the settings. */
  public void measure(Likelihood example, SplittableRandom random) {
    settings.estimator().measure(example, random, this);
  }

  /** Takes the gradient of one example and adds its squares, times a share. */
  GradientConsumer squares(float share) {
    return (part, offset, gradient, from, length, documents) -> {
      float[] measured = parameters.plane(Planes.MEASURED);
      for (int i = 0; i < length; i++) {
        float g = gradient[from + i];
        measured[offset + i] += share * (g * g);
      }
    };
  }

  /** Takes the gradient of one example and adds its magnitudes. */
  GradientConsumer magnitudes() {
    return (part, offset, gradient, from, length, documents) -> {
      float[] measured = parameters.plane(Planes.MEASURED);
      for (int i = 0; i < length; i++) {
        measured[offset + i] += Math.abs(gradient[from + i]);
      }
    };
  }

  /**
   * Adds what was measured to the importance, moves the anchor, and begins to measure anew.
   *
   * @param examples how many were measured since the last consolidation, at least 1
   */
  public void consolidate(long examples) {
    long units = settings.unit() == ImportanceSettings.Unit.EXAMPLE ? examples : 1;
    float[] measured = parameters.plane(Planes.MEASURED);
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    int used = parameters.used();
    double one = examples * (settings.normalised() ? mean(measured, used, examples) : 1);
    float share = (float) (units / one);
    float most = (float) (units * settings.clip());
    float kept = (float) Math.pow(settings.decay(), (double) units);
    for (int k = 0; k < used; k++) {
      measured[k] = Math.min(most, share * measured[k]);
      importance[k] = Math.min(MOST, kept * importance[k] + measured[k]);
    }
    moveAnchor(measured, importance, used);
    Arrays.fill(measured, 0, used, 0f);
  }

  private void moveAnchor(float[] added, float[] importance, int used) {
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float[] weights = parameters.weights();
    if (settings.anchor() == ImportanceSettings.Anchor.LATEST) {
      System.arraycopy(weights, 0, anchor, 0, used);
      return;
    }
    for (int k = 0; k < used; k++) {
      float share = importance[k] > 0 ? added[k] / importance[k] : 1;
      anchor[k] += share * (weights[k] - anchor[k]);
    }
  }

  /**
   * The mean of what was measured, over the weights that it is positive for; 1 if there are none.
   * Exact until the last step: weights lie elsewhere after a restore, and rounded sums would depend
   * on their order.
   */
  private static double mean(float[] measured, int used, long examples) {
    long[] mantissas = new long[EXPONENTS];
    long positive = 0;
    for (int k = 0; k < used; k++) {
      if (measured[k] > 0) {
        int exponent = Math.getExponent(measured[k]);
        mantissas[exponent - LEAST_EXPONENT] +=
            (long) Math.scalb((double) measured[k], MANTISSA - exponent);
        positive++;
      }
    }
    double sum = 0;
    for (int i = 0; i < mantissas.length; i++) {
      sum += Math.scalb((double) mantissas[i], i + LEAST_EXPONENT - MANTISSA);
    }
    return positive == 0 ? 1 : sum / positive / examples;
  }
}
