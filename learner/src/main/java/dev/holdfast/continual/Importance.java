package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.Likelihood;
import dev.holdfast.network.Parameters;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How much each weight matters for what was learned, F: the mean over examples of what an {@link
 * Estimator} measures of one.
 *
 * <p>Consolidation is online EWC (Schwarz et al. 2018, arXiv:1805.06370, eqs. 8–9): {@code F ← γ F
 * + F_new} with a single anchor. Departures: F_new is normalised only if the settings say so, then
 * to mean 1 over the weights that it is positive for, so that weights that nothing touches do not
 * change the others; and each example may be measured when it was just learned rather than all at
 * the end, so that nothing needs to be kept for it and no round waits for it.
 *
 * <p>Not thread-safe.
 */
public final class Importance {
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
    float[] measured = parameters.plane(Planes.MEASURED);
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    float[] weights = parameters.weights();
    int used = parameters.used();
    double unit = examples * (settings.normalised() ? mean(measured, used, examples) : 1);
    for (int k = 0; k < used; k++) {
      double added = Math.min(settings.clip(), measured[k] / unit);
      double sum = settings.decay() * importance[k] + added;
      importance[k] = (float) sum;
      boolean mean = settings.anchor() == ImportanceSettings.Anchor.MEAN && sum > 0;
      anchor[k] = mean ? (float) (anchor[k] + added / sum * (weights[k] - anchor[k])) : weights[k];
    }
    Arrays.fill(measured, 0, used, 0f);
  }

  /**
   * The mean of what was measured, over the weights that it is positive for; 1 if there are none.
   */
  private static double mean(float[] measured, int used, long examples) {
    double sum = 0;
    long positive = 0;
    for (int k = 0; k < used; k++) {
      sum += measured[k];
      positive += measured[k] > 0 ? 1 : 0;
    }
    return positive == 0 ? 1 : sum / positive / examples;
  }
}
