package dev.holdfast.continual;

import dev.holdfast.drift.Adwin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches the losses of fresh documents, each taken before it is learned, and for a while after
 * they rose lets weights move more freely: what comes now is new, and what was learned has just
 * been consolidated.
 *
 * <p>The error of a document is {@code 1 − exp(−loss)} with the loss in nats for each known field:
 * one minus the geometric mean over the fields of the probability of what is known. Not
 * thread-safe.
 */
final class DriftResponse {
  /** Errors from one look to the next; quick at few false alarms. */
  private static final int CLOCK = 8;

  private final DriftSettings settings;
  private final Adwin errors;
  private int left;

  /** Of settings that switch it on. */
  DriftResponse(DriftSettings settings) {
    this.settings = settings;
    errors = new Adwin(settings.delta(), CLOCK);
  }

  /**
   * Takes in a fresh document.
   *
   * @param loss nats for each known field, at least 0
   * @return whether losses have risen
   */
  boolean fresh(double loss) {
    boolean alarm = errors.add(1 - Math.exp(-Math.max(0, loss)));
    if (alarm) {
      left = settings.updates();
    }
    return alarm;
  }

  /** The weights were updated once. */
  void updated() {
    left = Math.max(0, left - 1);
  }

  /** What step sizes are multiplied by now. */
  double rate() {
    return left > 0 ? settings.rate() : 1;
  }

  /** What the strength of the elastic step is multiplied by now. */
  double lambda() {
    return left > 0 ? settings.lambda() : 1;
  }

  void save(DataOutput out) throws IOException {
    out.writeInt(left);
    errors.save(out);
  }

  void restore(DataInput in) throws IOException {
    left = in.readInt();
    errors.restore(in);
  }
}
