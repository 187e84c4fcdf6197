package dev.holdfast.monitoring;

/**
 * How well one stream of documents has been extracted, each scored before it was learned. Ratios
 * are 0 to 1.
 *
 * @param documents scored; one whose fields were annotated in two steps counts twice
 * @param all F1 over all of them
 * @param fading F1 over all of them, each step back in time weighing a little less
 * @param last F1 over the last of them, as many as the window holds
 * @param best the highest {@code last} since there were enough documents for one; {@code last}
 *     before that
 * @param precision the part of what was predicted that is right; 0 when nothing was predicted
 * @param recall the part of what was annotated that was predicted; 0 when nothing was annotated
 */
public record PrequentialF1(
    long documents,
    double all,
    double fading,
    double last,
    double best,
    Windows precision,
    Windows recall) {
  /** Of no documents: nothing was missed yet, and nothing was found. */
  public static final PrequentialF1 NONE =
      new PrequentialF1(0, 1, 1, 1, 1, new Windows(0, 0, 0), new Windows(0, 0, 0));

  /**
   * How much worse it is now than it once was, 0 to 1. It can show only in documents that come and
   * are annotated: a type that nobody sends any more stays at its last number.
   */
  public double forgetting() {
    return Math.max(0, best - last);
  }
}
