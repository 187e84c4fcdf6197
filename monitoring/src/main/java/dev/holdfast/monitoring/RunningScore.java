package dev.holdfast.monitoring;

import dev.holdfast.score.Tally;

/**
 * The scores of one stream of documents as they come in.
 *
 * <p>The fading sums are {@code S ← α S + s}: prequential evaluation with a fading factor, Gama,
 * Sebastião and Rodrigues 2013, "On evaluating stream learning algorithms", section 3.3, here for
 * the three counts that F1 is made of instead of a loss.
 *
 * <p>Not thread-safe.
 */
final class RunningScore {
  private final double fadingFactor;
  private final int enough;
  private final Tally[] window;

  private long documents;
  private Tally all = Tally.NONE;
  private long lastRight;
  private long lastPredicted;
  private long lastAnnotated;
  private double fadingRight;
  private double fadingPredicted;
  private double fadingAnnotated;
  private double best;

  /**
   * @param fadingFactor weight of the past at each document, above 0, at most 1
   * @param window number of documents that "last" means, at least 1
   * @param enough documents before "best" is worth remembering, 1 to {@code window}
   */
  RunningScore(double fadingFactor, int window, int enough) {
    if (!(fadingFactor > 0 && fadingFactor <= 1) || enough < 1 || enough > window) {
      throw new IllegalArgumentException(
          "expected 0 < fading factor <= 1 and 1 <= enough <= window, was %s, %d and %d"
              .formatted(fadingFactor, enough, window));
    }
    this.fadingFactor = fadingFactor;
    this.window = new Tally[window];
    this.enough = enough;
  }

  /** Adds one scored document. */
  void add(Tally tally) {
    int oldest = (int) (documents % window.length);
    Tally leaving = window[oldest] == null ? Tally.NONE : window[oldest];
    window[oldest] = tally;
    lastRight += tally.right() - leaving.right();
    lastPredicted += tally.predicted() - leaving.predicted();
    lastAnnotated += tally.annotated() - leaving.annotated();
    fadingRight = fadingFactor * fadingRight + tally.right();
    fadingPredicted = fadingFactor * fadingPredicted + tally.predicted();
    fadingAnnotated = fadingFactor * fadingAnnotated + tally.annotated();
    all = all.plus(tally);
    documents++;
    if (documents >= enough) {
      best = Math.max(best, last().f1());
    }
  }

  /** How it stands now. */
  PrequentialF1 now() {
    double last = last().f1();
    return new PrequentialF1(
        documents,
        all.f1(),
        fadingF1(),
        last,
        documents >= enough ? best : last,
        new Windows(all.precision(), part(fadingRight, fadingPredicted), last().precision()),
        new Windows(all.recall(), part(fadingRight, fadingAnnotated), last().recall()));
  }

  /** F1 over the window, 0 to 1. */
  double lastF1() {
    return last().f1();
  }

  private Tally last() {
    return new Tally(lastRight, lastPredicted, lastAnnotated);
  }

  private static double part(double right, double of) {
    return of == 0 ? 0 : right / of;
  }

  private double fadingF1() {
    double values = fadingPredicted + fadingAnnotated;
    return values == 0 ? 1 : 2 * fadingRight / values;
  }
}
