package dev.holdfast.drift;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Alarms when the latest documents use other words than those before: the Jensen-Shannon distance
 * of the two histograms of hashed words, each document weighing the same.
 *
 * <pre>
 *   JS² = (KL(p ‖ m) + KL(q ‖ m)) / 2 in bits, m = (p + q) / 2; from 0 to 1
 * </pre>
 *
 * <p>Lin 1991, "Divergence measures based on the Shannon entropy", IEEE Transactions on Information
 * Theory 37, equation 3.9; its root is a distance (Endres and Schindelin 2003). Two samples of one
 * source also lie some way apart, the further the fewer they are. So the distance is held against
 * those of {@value #SHUFFLES} random divisions of the same documents (a permutation test): it
 * alarms when it is above their mean by a number of their standard deviations.
 *
 * <p>Not thread-safe.
 */
public final class TokenHistogram implements DriftDetector<HashedWords> {
  private static final int SHUFFLES = 30;

  /** The words of a stream that never changes give no spread at all. */
  private static final double LEAST_DEVIATION = 1e-3;

  private final double deviations;
  private final Windows windows;
  private final double[] older = new double[HashedWords.BUCKETS];
  private final double[] newer = new double[HashedWords.BUCKETS];
  private double distance;
  private double level;

  /**
   * @param deviations that the distance must be above what chance gives, above 0
   */
  public TokenHistogram(WindowSettings settings, double deviations) {
    if (!(deviations > 0)) {
      throw new IllegalArgumentException("expected deviations > 0, was " + deviations);
    }
    this.deviations = deviations;
    this.windows = new Windows(settings);
  }

  @Override
  public boolean add(HashedWords words) {
    if (!windows.add(words)) {
      return false;
    }
    look();
    if (level >= 1) {
      windows.close();
    }
    return level >= 1;
  }

  private void look() {
    List<HashedWords> all = windows.all();
    int[] order = new int[all.size()];
    Arrays.setAll(order, i -> i);
    distance = distance(all, order);
    SplittableRandom random = new SplittableRandom(all.size());
    double sum = 0;
    double squares = 0;
    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int held = order[i];
        order[i] = order[other];
        order[other] = held;
      }
      double byChance = distance(all, order);
      sum += byChance;
      squares += byChance * byChance;
    }
    double mean = sum / SHUFFLES;
    double deviation = Math.sqrt(Math.max(0, squares / SHUFFLES - mean * mean));
    level = Math.max(0, distance - mean) / (deviations * Math.max(deviation, LEAST_DEVIATION));
  }

  private double distance(List<HashedWords> all, int[] order) {
    Arrays.fill(older, 0);
    Arrays.fill(newer, 0);
    int references = windows.references();
    for (int i = 0; i < order.length; i++) {
      HashedWords words = all.get(order[i]);
      double[] side = i < references ? older : newer;
      for (int k = 0; k < words.size(); k++) {
        side[words.bucket(k)] += words.share(k);
      }
    }
    return distance(older, references, newer, order.length - references);
  }

  /** The Jensen-Shannon distance of two histograms that hold so many documents each. */
  static double distance(double[] older, int olderCount, double[] newer, int newerCount) {
    double divergence = 0;
    for (int k = 0; k < older.length; k++) {
      double p = older[k] / olderCount;
      double q = newer[k] / newerCount;
      double m = (p + q) / 2;
      divergence += p > 0 ? p * Math.log(p / m) : 0;
      divergence += q > 0 ? q * Math.log(q / m) : 0;
    }
    return Math.sqrt(Math.max(0, divergence / 2 / Math.log(2)));
  }

  /** The Jensen-Shannon distance at the last look, 0 to 1. */
  public double distance() {
    return distance;
  }

  @Override
  public double level() {
    return level;
  }

  @Override
  public void restart() {
    windows.restart();
    distance = 0;
    level = 0;
  }
}
