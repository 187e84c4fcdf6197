package dev.holdfast.drift;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Adaptive windowing, ADWIN2: keeps as long a window of the latest errors as has one mean. Whenever
 * the window can be cut into an older and a newer part with means further apart than chance allows,
 *
 * <pre>
 *   |μ₀ − μ₁| > ε = √(2/m · σ² · ln(2/δ′)) + 2/(3m) · ln(2/δ′)
 *   1/m = 1/n₀ + 1/n₁,  δ′ = δ / ln n,  σ² the variance of the window
 * </pre>
 *
 * its oldest errors are dropped. The window is an exponential histogram: at most {@value #BUCKETS}
 * buckets of each size 1, 2, 4, …, so memory and time are logarithmic in its length.
 *
 * <p>Bifet and Gavaldà 2007, "Learning from time-changing data with adaptive windowing", sections
 * 3.1 and 4. Departures: it alarms only when the newer part is the worse one, but forgets the older
 * part either way; and it looks at every {@code clock}-th error only, as the authors' own programs
 * do.
 */
public final class Adwin implements ErrorDetector {
  private static final int BUCKETS = 5;

  /** Fewest errors in a part of the window. */
  private static final int LEAST = 5;

  private final double delta;
  private final int clock;
  private final List<Row> rows = new ArrayList<>();
  private long seen;
  private long width;
  private double total;

  /** Sum of squared differences from the window's mean. */
  private double squares;

  private double level;

  /** Buckets of one size, oldest first. */
  private static final class Row {
    private final double[] totals = new double[BUCKETS + 1];
    private final double[] squares = new double[BUCKETS + 1];
    private int used;

    void push(double total, double squaresOfIt) {
      totals[used] = total;
      squares[used] = squaresOfIt;
      used++;
    }

    void drop(int count) {
      used -= count;
      System.arraycopy(totals, count, totals, 0, used);
      System.arraycopy(squares, count, squares, 0, used);
    }
  }

  /**
   * @param delta δ, how often it may alarm for nothing, above 0 and below 1; an upper bound
   * @param clock how many errors from one look to the next, at least 1
   */
  public Adwin(double delta, int clock) {
    if (!(delta > 0 && delta < 1) || clock < 1) {
      throw new IllegalArgumentException(
          "expected 0 < delta < 1 and clock >= 1, was %s and %d".formatted(delta, clock));
    }
    this.delta = delta;
    this.clock = clock;
  }

  @Override
  public boolean add(Double error) {
    double x = ErrorDetector.checked(error);
    insert(x);
    seen++;
    return seen % clock == 0 && shrink();
  }

  private void insert(double x) {
    if (width > 0) {
      squares += merged(1, x, width, total);
    }
    width++;
    total += x;
    if (rows.isEmpty()) {
      rows.add(new Row());
    }
    rows.get(0).push(x, 0);
    for (int r = 0; r < rows.size() && rows.get(r).used > BUCKETS; r++) {
      if (r + 1 == rows.size()) {
        rows.add(new Row());
      }
      Row row = rows.get(r);
      long size = 1L << r;
      rows.get(r + 1)
          .push(
              row.totals[0] + row.totals[1],
              row.squares[0] + row.squares[1] + merged(size, row.totals[0], size, row.totals[1]));
      row.drop(2);
    }
  }

  /** What the squares of two parts lack to be those of both together. */
  private static double merged(long n, double totalOfN, long m, double totalOfM) {
    double apart = totalOfN / n - totalOfM / m;
    return apart * apart * n * m / (n + m);
  }

  /** Drops what is too old; returns whether that was because things got worse. */
  private boolean shrink() {
    boolean worse = false;
    double cut = widest();
    level = Math.max(0, cut);
    while (Math.abs(cut) > 1) {
      worse |= cut > 0;
      dropOldest();
      cut = widest();
      level = Math.max(level, cut);
    }
    return worse;
  }

  /**
   * How far apart the means of the two parts are in the cut where they are furthest apart for their
   * sizes, as a share of ε; negative when the newer part is the better one.
   */
  private double widest() {
    double widest = 0;
    double logarithm = Math.log(2 * Math.log(Math.max((double) width, Math.E)) / delta);
    double variance = Math.max(0, squares / width);
    long older = 0;
    double olderTotal = 0;
    for (int r = rows.size() - 1; r >= 0; r--) {
      Row row = rows.get(r);
      for (int b = 0; b < row.used; b++) {
        older += 1L << r;
        olderTotal += row.totals[b];
        long newer = width - older;
        if (older < LEAST || newer < LEAST) {
          continue;
        }
        double inverse = 1.0 / older + 1.0 / newer;
        double epsilon =
            Math.sqrt(2 * inverse * variance * logarithm) + 2.0 / 3 * inverse * logarithm;
        double apart = (total - olderTotal) / newer - olderTotal / older;
        if (Math.abs(apart) / epsilon > Math.abs(widest)) {
          widest = apart / epsilon;
        }
      }
    }
    return widest;
  }

  private void dropOldest() {
    int last = rows.size() - 1;
    Row row = rows.get(last);
    long size = 1L << last;
    double leaving = row.totals[0];
    width -= size;
    total -= leaving;
    squares -= row.squares[0] + merged(size, leaving, width, total);
    row.drop(1);
    if (row.used == 0) {
      rows.remove(last);
    }
  }

  /** The errors in the window. */
  public long width() {
    return width;
  }

  /** The mean error in the window; 0 while it is empty. */
  public double mean() {
    return width == 0 ? 0 : total / width;
  }

  @Override
  public double level() {
    return level;
  }

  @Override
  public void restart() {
    rows.clear();
    seen = 0;
    width = 0;
    total = 0;
    squares = 0;
    level = 0;
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(seen);
    out.writeLong(width);
    out.writeDouble(total);
    out.writeDouble(squares);
    out.writeDouble(level);
    out.writeInt(rows.size());
    for (Row row : rows) {
      out.writeInt(row.used);
      for (int b = 0; b < row.used; b++) {
        out.writeDouble(row.totals[b]);
        out.writeDouble(row.squares[b]);
      }
    }
  }

  @Override
  public void restore(DataInput in) throws IOException {
    restart();
    seen = in.readLong();
    width = in.readLong();
    total = in.readDouble();
    squares = in.readDouble();
    level = in.readDouble();
    int saved = in.readInt();
    for (int r = 0; r < saved; r++) {
      Row row = new Row();
      int used = in.readInt();
      for (int b = 0; b < used; b++) {
        row.push(in.readDouble(), in.readDouble());
      }
      rows.add(row);
    }
  }
}
