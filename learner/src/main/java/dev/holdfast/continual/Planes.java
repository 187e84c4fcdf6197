package dev.holdfast.continual;

import dev.holdfast.network.Parameters;
import java.util.Arrays;

/**
 * What lies beside each weight while a network learns, as planes of its {@link Parameters}. A
 * weight that comes into being later has zeros in all of them: no momentum, no importance, 0 as its
 * start.
 */
public final class Planes {
  /** Running mean of the gradient. */
  static final int MEAN = 1;

  /** Running mean of the squared gradient. */
  static final int VARIANCE = 2;

  /** F, how much the weight matters for what was learned. */
  public static final int IMPORTANCE = 3;

  /** a, the value that the weight is held to. */
  public static final int ANCHOR = 4;

  /** Importance measured since the last consolidation, summed over examples. */
  static final int MEASURED = 5;

  /** θ₀, what the weight was before any learning. Only with a pull to the start. */
  static final int START = 6;

  /** How often the weight was stepped. Only where that is counted. */
  static final int STEPS = 7;

  /** The running mean of the weight itself. Only where that is what is published. */
  static final int AVERAGE = 8;

  /** Steps after which a running mean no longer shows that it began at zero. */
  private static final float MANY = 1 << 24;

  private Planes() {}

  /**
   * Begins to keep what a learner keeps, for weights that nobody has learned yet.
   *
   * @param parameters of at least as many planes as the settings ask for
   */
  public static void begin(Parameters parameters, StepSettings settings) {
    if (settings.startPull() > 0) {
      copy(parameters, START);
    }
    if (settings.emaDecay() > 0) {
      copy(parameters, AVERAGE);
    }
  }

  private static void copy(Parameters parameters, int plane) {
    System.arraycopy(parameters.weights(), 0, parameters.plane(plane), 0, parameters.used());
  }

  /**
   * Adds the planes that settings ask for and that were not kept so far: what the weights are now
   * counts as their start and as their mean so far, and running means of gradients as old.
   */
  static void extend(Parameters parameters, StepSettings settings) {
    int before = parameters.planes();
    parameters.extend(settings.planes());
    if (before <= START && settings.startPull() > 0) {
      copy(parameters, START);
    }
    if (before <= STEPS && parameters.planes() > STEPS) {
      Arrays.fill(parameters.plane(STEPS), 0, parameters.used(), MANY);
    }
    if (before <= AVERAGE && settings.emaDecay() > 0) {
      copy(parameters, AVERAGE);
    }
  }
}
