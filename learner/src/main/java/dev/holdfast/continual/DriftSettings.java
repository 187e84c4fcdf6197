package dev.holdfast.continual;

import dev.holdfast.process.SettingsReader;

/**
 * What a learner does when fresh documents are no longer what it has learned.
 *
 * @param delta δ of the detector on their losses, see {@link dev.holdfast.drift.Adwin}; 0 does
 *     nothing of all this
 * @param rate what every step size is multiplied by afterwards, above 0
 * @param lambda what the strength of the elastic step is multiplied by afterwards, 0 to 1
 * @param updates of the weights for which this lasts
 */
record DriftSettings(double delta, double rate, double lambda, int updates) {
  /** Of no effect but that something can be read with it. */
  static final DriftSettings ANY = new DriftSettings(.5, 1, 1, 1);

  static DriftSettings from(SettingsReader reader) {
    return new DriftSettings(
        reader.number("learning.drift-delta", 0, 0, .5),
        reader.number("learning.drift-rate", 2, .1, 100),
        reader.number("learning.drift-lambda", .5, 0, 1),
        reader.integer("learning.drift-updates", 100, 1, 1_000_000));
  }

  boolean on() {
    return delta > 0;
  }
}
