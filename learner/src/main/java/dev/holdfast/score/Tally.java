package dev.holdfast.score;

/**
 * How many values were found, and how many there were to find. Values, not their occurrences: a
 * value that is printed twice counts once.
 *
 * @param right annotated values that were predicted
 * @param predicted distinct values that were predicted; two that are forms of one annotated value
 *     are one
 * @param annotated distinct values that were annotated
 */
public record Tally(long right, long predicted, long annotated) {
  /** Nothing predicted, nothing annotated. */
  public static final Tally NONE = new Tally(0, 0, 0);

  public Tally {
    if (right < 0 || right > predicted || right > annotated) {
      throw new IllegalArgumentException(
          "expected 0 <= right <= predicted and annotated, was right=%d predicted=%d annotated=%d"
              .formatted(right, predicted, annotated));
    }
  }

  /** Both together. */
  public Tally plus(Tally other) {
    return new Tally(right + other.right, predicted + other.predicted, annotated + other.annotated);
  }

  /**
   * The harmonic mean of precision and recall, {@code 2 right / (predicted + annotated)}; 1 when
   * there was nothing to find and nothing was predicted.
   */
  public double f1() {
    return predicted + annotated == 0 ? 1 : 2.0 * right / (predicted + annotated);
  }

  /** The part of what was predicted that is right; 0 when nothing was predicted. */
  public double precision() {
    return (double) right / Math.max(1, predicted);
  }

  /** The part of what was annotated that was predicted; 0 when nothing was annotated. */
  public double recall() {
    return (double) right / Math.max(1, annotated);
  }
}
