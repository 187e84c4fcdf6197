package dev.holdfast.drift;

/**
 * Which documents a detector holds against which.
 *
 * @param reference documents that the latest are held against, at most; the first since the restart
 * @param leastReference of these before anything is said
 * @param recent how many the latest are
 * @param every documents from one look to the next
 */
public record WindowSettings(int reference, int leastReference, int recent, int every) {
  /**
   * The latest are half of the hundred documents within which a change is to show: enough for a new
   * layout, which comes among known ones, to be seen beside them.
   */
  public static final WindowSettings DEFAULT = new WindowSettings(200, 30, 50, 5);

  public WindowSettings {
    if (leastReference < 2 || reference < leastReference || recent < 2 || every < 1) {
      throw new IllegalArgumentException(
          "expected reference >= leastReference >= 2, recent >= 2 and every >= 1, was %d, %d, %d and %d"
              .formatted(reference, leastReference, recent, every));
    }
  }
}
