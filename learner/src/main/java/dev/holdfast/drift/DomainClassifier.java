package dev.holdfast.drift;

import java.util.Arrays;
import java.util.List;

/**
 * Alarms when a classifier can tell the latest documents from those before: a logistic regression
 * on which hashed words a document has, learned on every second document and tried on the others,
 * both ways round. The area under its ROC curve is one half when they are alike, 1 when no document
 * could be of the other side.
 *
 * <p>Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests", arXiv:1610.06545, section
 * 3, and the domain classifier of Rabanser, Günnemann and Lipton 2019, arXiv:1810.11953, section 3,
 * with the area in place of the accuracy since the sides differ in size. By chance the area has the
 * standard deviation {@code √((n₀ + n₁ + 1) / (12 n₀ n₁))} of the Mann-Whitney statistic.
 *
 * <p>Not thread-safe.
 */
public final class DomainClassifier implements DriftDetector<HashedWords> {
  private static final int EPOCHS = 5;
  private static final double RATE = 0.5;

  private final double deviations;
  private final Windows windows;
  private final double[] weights = new double[HashedWords.BUCKETS];
  private double bias;
  private double area = 0.5;
  private double level;

  /**
   * @param deviations that the area must be above one half, above 0
   */
  public DomainClassifier(WindowSettings settings, double deviations) {
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
    int older = windows.references();
    area = (area(all, older, 0) + area(all, older, 1)) / 2;
    double newer = windows.recents();
    double deviation = Math.sqrt((older + newer + 1) / (12 * older * newer));
    level = Math.max(0, area - 0.5) / (deviations * deviation);
  }

  /** Learns on the documents of one parity, returns the area on the others. */
  private double area(List<HashedWords> all, int older, int parity) {
    learn(all, older, parity);
    double[] olderScores = new double[older];
    double[] newerScores = new double[all.size() - older];
    int olderCount = 0;
    int newerCount = 0;
    for (int i = 1 - parity; i < all.size(); i += 2) {
      double score = score(all.get(i));
      if (i < older) {
        olderScores[olderCount++] = score;
      } else {
        newerScores[newerCount++] = score;
      }
    }
    return area(Arrays.copyOf(olderScores, olderCount), Arrays.copyOf(newerScores, newerCount));
  }

  /**
   * The probability that a newer one scores higher than an older one; a tie counts one half.
   *
   * @return 0 to 1; one half when a side is empty
   */
  static double area(double[] older, double[] newer) {
    if (older.length == 0 || newer.length == 0) {
      return 0.5;
    }
    double won = 0;
    for (double high : newer) {
      for (double low : older) {
        won += high > low ? 1 : high == low ? 0.5 : 0;
      }
    }
    return won / older.length / newer.length;
  }

  /** Stochastic gradient descent; each side weighs the same, and both are gone through together. */
  private void learn(List<HashedWords> all, int older, int parity) {
    Arrays.fill(weights, 0);
    bias = 0;
    int newer = all.size() - older;
    double weight = (double) newer / older;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = parity; i < older; i += 2) {
        step(all.get(i), 0, weight);
        // As evenly between the older ones as they go.
        long from = (long) i * newer / older;
        long to = (long) Math.min(i + 2, older) * newer / older;
        for (long k = from; k < to; k++) {
          int at = older + (int) k;
          if (at % 2 == parity) {
            step(all.get(at), 1, 1);
          }
        }
      }
    }
  }

  private void step(HashedWords words, int label, double weight) {
    double probability = 1 / (1 + Math.exp(-score(words)));
    double change = RATE * weight * (label - probability);
    bias += change;
    double each = change * scale(words);
    for (int k = 0; k < words.size(); k++) {
      weights[words.bucket(k)] += each;
    }
  }

  private double score(HashedWords words) {
    double sum = 0;
    for (int k = 0; k < words.size(); k++) {
      sum += weights[words.bucket(k)];
    }
    return bias + sum * scale(words);
  }

  /** Documents of any length are of length one to the classifier. */
  private static double scale(HashedWords words) {
    return 1 / Math.sqrt(Math.max(1, words.size()));
  }

  /** The area under the ROC curve at the last look; one half before the first. */
  public double area() {
    return area;
  }

  @Override
  public double level() {
    return level;
  }

  @Override
  public void restart() {
    windows.restart();
    area = 0.5;
    level = 0;
  }
}
