package dev.holdfast.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A detector on a stream of errors: numbers from 0 to 1 of which more is worse. Only a rise alarms;
 * a fall is learning. A number outside of the range throws {@link IllegalArgumentException}.
 */
public interface ErrorDetector extends DriftDetector<Double> {

  /** Writes everything that {@link #restore} needs. */
  void save(DataOutput out) throws IOException;

  /** From now on goes on exactly as the saved one, which had the same settings, would have. */
  void restore(DataInput in) throws IOException;

  /** The number itself, when it is one that a detector takes. */
  static double checked(double error) {
    if (!(error >= 0 && error <= 1)) {
      throw new IllegalArgumentException("expected an error from 0 to 1, was " + error);
    }
    return error;
  }
}
