package dev.holdfast.continual;

import dev.holdfast.network.Parameters;

/**
 * The exponential moving average of the weights, for versions that do not follow every document at
 * once (Polyak & Juditsky 1992; as it is used by Tarvainen & Valpola 2017, arXiv:1703.01780):
 *
 * <pre>ē ← α ē + (1 − α) θ</pre>
 *
 * <p>with each update of the weights. Departures: it is done once a round, with α to the power of
 * the round's updates, and a weight that came into being later counts as 0 before. Learning never
 * reads it. Not thread-safe.
 */
final class WeightAverage {
  private final Parameters parameters;
  private final double decay;

  /**
   * @param parameters with a plane for it unless it is off
   * @param decay α, 0 to less than 1; 0 switches it off
   */
  WeightAverage(Parameters parameters, double decay) {
    this.parameters = parameters;
    this.decay = decay;
  }

  /** The weights were updated so often since the last time. */
  void updated(int updates) {
    // Also where it is off by now: it may be switched on again.
    if (parameters.planes() <= Planes.AVERAGE || updates == 0) {
      return;
    }
    float share = (float) (1 - Math.pow(decay, updates));
    float[] weights = parameters.weights();
    float[] average = parameters.plane(Planes.AVERAGE);
    for (int k = 0; k < parameters.used(); k++) {
      average[k] = share * weights[k] + (1 - share) * average[k];
    }
  }

  /** The plane of what is to be published. */
  int plane() {
    return decay == 0 ? 0 : Planes.AVERAGE;
  }
}
