package dev.holdfast.continual;

import dev.holdfast.network.Parameters;

/**
 * How strongly weights are held at what they were when they were last consolidated, over all
 * weights that have come into being.
 *
 * @param penalty {@code λ/2 · Σ F (θ − a)²} with the λ of the last round, in nats; at least 0
 * @param importance {@code Σ F}; 0 before the first consolidation
 * @param distance {@code ‖θ − a‖₂} over the weights that matter, F > 0
 */
public record Held(double penalty, double importance, double distance) {
  /** Nothing is held. */
  public static final Held NOTHING = new Held(0, 0, 0);

  /** Measures it in one pass over the weights. */
  static Held of(Parameters parameters, double lambda) {
    float[] weights = parameters.weights();
    float[] importances = parameters.plane(Planes.IMPORTANCE);
    float[] anchor = parameters.plane(Planes.ANCHOR);
    double pull = 0;
    double importance = 0;
    double squares = 0;
    int used = parameters.used();
    for (int k = 0; k < used; k++) {
      double f = importances[k];
      if (f > 0) {
        double moved = weights[k] - anchor[k];
        pull += f * moved * moved;
        importance += f;
        squares += moved * moved;
      }
    }
    return new Held(lambda / 2 * pull, importance, Math.sqrt(squares));
  }
}
