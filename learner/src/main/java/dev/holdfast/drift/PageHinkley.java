package dev.holdfast.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The Page-Hinkley test: alarms when errors have run above their own mean for long enough.
 *
 * <pre>
 *   m ← m + x − x̄ − δ      x̄ the mean of all errors so far, x among them
 *   alarm when m − min m > λ
 * </pre>
 *
 * <p>Page 1954, "Continuous inspection schemes", Biometrika 41, section 2, in the form with a
 * running mean of Mouss et al. 2004. After an alarm it begins anew. Departure: the first {@value
 * #LEAST} errors never alarm, their mean says too little.
 */
public final class PageHinkley implements ErrorDetector {
  private static final int LEAST = 30;

  private final double threshold;
  private final double tolerance;
  private long seen;
  private double mean;
  private double sum;
  private double least;
  private double level;

  /**
   * @param threshold λ, in errors, above 0: higher is slower and quieter
   * @param tolerance δ, the rise in the mean error that is let pass, at least 0
   */
  public PageHinkley(double threshold, double tolerance) {
    if (!(threshold > 0 && tolerance >= 0)) {
      throw new IllegalArgumentException(
          "expected a threshold > 0 and a tolerance >= 0, was %s and %s"
              .formatted(threshold, tolerance));
    }
    this.threshold = threshold;
    this.tolerance = tolerance;
  }

  @Override
  public boolean add(Double error) {
    double x = ErrorDetector.checked(error);
    seen++;
    mean += (x - mean) / seen;
    sum += x - mean - tolerance;
    least = Math.min(least, sum);
    double reached = seen < LEAST ? 0 : (sum - least) / threshold;
    boolean alarm = reached > 1;
    if (alarm) {
      restart();
    }
    level = reached;
    return alarm;
  }

  @Override
  public double level() {
    return level;
  }

  @Override
  public void restart() {
    seen = 0;
    mean = 0;
    sum = 0;
    least = 0;
    level = 0;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeDouble(mean);
    out.writeDouble(sum);
    out.writeDouble(least);
    out.writeDouble(level);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    seen = in.readLong();
    mean = in.readDouble();
    sum = in.readDouble();
    least = in.readDouble();
    level = in.readDouble();
  }
}
