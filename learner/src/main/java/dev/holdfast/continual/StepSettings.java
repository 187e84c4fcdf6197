package dev.holdfast.continual;

import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import java.util.Map;

/**
 * How weights are stepped and held.
 *
 * @param rule how a gradient becomes a step
 * @param rates size of a step, for each part of the network; of applicability, by plain gradient
 *     descent
 * @param weightDecay pull of a run to 0, divided by the documents that share it; none where all do
 * @param lambda strength of the elastic step; 0 switches it off
 * @param startPull ρ, strength of the pull to what the weights were before any learning; 0 switches
 *     it off
 * @param emaDecay what the mean of the weights that is published keeps of itself with each update,
 *     0 to less than 1; 0 publishes the weights as they are
 */
public record StepSettings(
    Rule rule,
    Map<Part, Double> rates,
    double weightDecay,
    double lambda,
    double startPull,
    double emaDecay) {

  /** How a gradient becomes a step. */
  public enum Rule {
    /** Adam for sparse rows: β₂ = .99, no bias correction. */
    ADAM,
    /** Adam as published: β₂ = .999, with bias correction. */
    ADAM_CORRECTED,
    /** Plain gradient descent. */
    SGD;

    Optimizer on(Parameters parameters) {
      return switch (this) {
        case ADAM -> new Adam(parameters);
        case ADAM_CORRECTED -> new CorrectedAdam(parameters);
        case SGD -> new GradientDescent();
      };
    }
  }

  public StepSettings {
    rates = Map.copyOf(rates);
    if (lambda < 0 || startPull < 0 || emaDecay < 0 || emaDecay >= 1) {
      throw new IllegalArgumentException(
          "expected lambda and pull of at least 0 and a decay below 1, was %s, %s and %s"
              .formatted(lambda, startPull, emaDecay));
    }
  }

  /** How many planes of {@link Parameters} it takes to learn so. */
  public int planes() {
    if (emaDecay > 0) {
      return Planes.AVERAGE + 1;
    }
    return rule == Rule.ADAM_CORRECTED
        ? Planes.STEPS + 1
        : startPull > 0 ? Planes.START + 1 : Planes.START;
  }
}
