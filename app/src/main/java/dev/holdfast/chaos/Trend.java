package dev.holdfast.chaos;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Whether what was measured over a run went up. What comes in the first third is left out: caches
 * fill and code is compiled then. The rest is cut into {@value #SLICES} slices of equal length,
 * each of which counts by one quantile of what was measured in it, so that no moment decides.
 *
 * <p>The slope is the median of the slopes between all pairs of slices, its interval of 95 % the
 * one that Kendall's statistic gives (Sen 1968, "Estimates of the regression coefficient based on
 * Kendall's tau", section 3, without ties). Slices that lie side by side depend on each other a
 * little, which makes the interval too narrow rather than too wide.
 *
 * @param name of what was measured, and its unit
 * @param start median of the first third of the slices
 * @param middle median of the second third
 * @param end median of the last third
 * @param growth of the level over the slices, with the least and the most it may be
 * @param allowed growth that still counts as none
 */
record Trend(
    String name, double start, double middle, double end, Interval growth, double allowed) {
  private static final int SLICES = 20;
  private static final double WARM_UP = 1 / 3.0;
  private static final double NORMAL_95 = 1.96;

  /** What was found. */
  enum Verdict {
    /** It grew by no more than is allowed, even by the upper end of the interval. */
    FLAT,
    /** It grew by more than is allowed, even by the lower end of the interval. */
    GROWS,
    /** The interval reaches over what is allowed, or slices are empty: a longer run would tell. */
    UNDECIDED
  }

  /** A number and what it lies between. */
  record Interval(double low, double median, double high) {}

  /**
   * One thing that was measured at a time.
   *
   * @param at seconds since the run began
   */
  record Sample(double at, double value) {}

  /**
   * The trend of samples.
   *
   * @param seconds that the run took
   * @param quantile of each slice's samples that it counts by, 0 to 1
   * @param allowedShare of the level that it may grow by over the slices
   */
  static Trend of(
      String name, List<Sample> samples, double seconds, double quantile, double allowedShare) {
    double warm = seconds * WARM_UP;
    List<List<Double>> slices = new ArrayList<>();
    for (int slice = 0; slice < SLICES; slice++) {
      slices.add(new ArrayList<>());
    }
    for (Sample sample : samples) {
      int slice = (int) Math.floor((sample.at() - warm) / (seconds - warm) * SLICES);
      if (sample.at() >= warm && slice < SLICES) {
        slices.get(slice).add(sample.value());
      }
    }
    double[] levels =
        slices.stream().mapToDouble(of -> quantile(of, quantile)).toArray(); // NaN where empty
    double start = median(Arrays.copyOfRange(levels, 0, SLICES / 3));
    return new Trend(
        name,
        start,
        median(Arrays.copyOfRange(levels, SLICES / 3, SLICES - SLICES / 3)),
        median(Arrays.copyOfRange(levels, SLICES - SLICES / 3, SLICES)),
        growth(levels),
        allowedShare * start);
  }

  private static double quantile(List<Double> values, double quantile) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get((int) (quantile * (sorted.size() - 1)));
  }

  private static double median(double[] values) {
    return quantile(Arrays.stream(values).boxed().toList(), 0.5);
  }

  /** Of the level from the first slice to the last. */
  private static Interval growth(double[] levels) {
    int n = levels.length;
    double[] slopes =
        IntStream.range(0, n)
            .boxed()
            .flatMapToDouble(
                i -> IntStream.range(i + 1, n).mapToDouble(j -> (levels[j] - levels[i]) / (j - i)))
            .sorted()
            .toArray(); // those that are no number come last
    if (Double.isNaN(slopes[slopes.length - 1])) {
      return new Interval(Double.NaN, Double.NaN, Double.NaN);
    }
    double reach = NORMAL_95 * Math.sqrt(n * (n - 1.0) * (2 * n + 5) / 18);
    int low = Math.max(0, (int) Math.round((slopes.length - reach) / 2) - 1);
    int high = Math.min(slopes.length - 1, (int) Math.round((slopes.length + reach) / 2));
    int steps = n - 1;
    return new Interval(
        slopes[low] * steps, slopes[slopes.length / 2] * steps, slopes[high] * steps);
  }

  Verdict verdict() {
    if (growth.high() <= allowed) {
      return Verdict.FLAT;
    }
    return growth.low() > allowed ? Verdict.GROWS : Verdict.UNDECIDED;
  }

  /** Writes it as one object. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", name);
    number(out, "start", start);
    number(out, "middle", middle);
    number(out, "end", end);
    number(out, "growth", growth.median());
    number(out, "growthAtLeast", growth.low());
    number(out, "growthAtMost", growth.high());
    number(out, "allowed", allowed);
    out.writeStringField("verdict", verdict().name().toLowerCase(Locale.ROOT));
    out.writeEndObject();
  }

  private static void number(JsonGenerator out, String name, double value) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNullField(name);
    } else {
      out.writeNumberField(name, Math.round(value * 10) / 10.0);
    }
  }

  /** The same for people. */
  String text() {
    return "%-24s %7.0f %7.0f %7.0f   grew by %.1f (%.1f to %.1f), allowed %.1f: %s"
        .formatted(
            name,
            start,
            middle,
            end,
            growth.median(),
            growth.low(),
            growth.high(),
            allowed,
            verdict().name().toLowerCase(Locale.ROOT));
  }
}
