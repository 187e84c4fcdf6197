package dev.holdfast.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The drift detection method, DDM: alarms when the error rate is three standard deviations above
 * the lowest that it has had.
 *
 * <pre>
 *   p the mean error, s = √(p (1 − p) / n)
 *   alarm when p + s > p_min + 3 s_min, the p and s at which p + s was lowest
 * </pre>
 *
 * <p>Gama, Medas, Castillo and Rodrigues 2004, "Learning with drift detection", section 3. After an
 * alarm it begins anew. Departures: the level of warning is left out, since {@link #level} says
 * more; and errors between 0 and 1 are taken as shares of an error, for which s is an upper bound.
 */
public final class DriftDetectionMethod implements ErrorDetector {
  /** The paper's n below which the distribution is no normal one. */
  private static final int LEAST = 30;

  private static final double DEVIATIONS = 3;

  private long seen;
  private double rate;
  private double lowestRate = 1;
  private double lowestDeviation;
  private double level;

  @Override
  public boolean add(Double error) {
    double x = ErrorDetector.checked(error);
    seen++;
    rate += (x - rate) / seen;
    if (seen < LEAST) {
      level = 0;
      return false;
    }
    double deviation = Math.sqrt(rate * (1 - rate) / seen);
    if (seen == LEAST || rate + deviation < lowestRate + lowestDeviation) {
      lowestRate = rate;
      lowestDeviation = deviation;
    }
    double above = rate + deviation - lowestRate;
    double reached = above > 0 ? above / Math.max(DEVIATIONS * lowestDeviation, 1e-9) : 0;
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
    rate = 0;
    lowestRate = 1;
    lowestDeviation = 0;
    level = 0;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeDouble(rate);
    out.writeDouble(lowestRate);
    out.writeDouble(lowestDeviation);
    out.writeDouble(level);
  }

  @Override
  public void restore(DataInput in) throws IOException {
    seen = in.readLong();
    rate = in.readDouble();
    lowestRate = in.readDouble();
    lowestDeviation = in.readDouble();
    level = in.readDouble();
  }
}
