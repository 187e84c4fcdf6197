package dev.holdfast.wire;

/**
 * The largest message that is let in. What is larger is rejected with {@link Reason#TOO_LARGE},
 * never cut.
 *
 * @param bytes of one JSON message, at least 1,000
 * @param tokens of one document
 * @param pages of one document
 * @param textLength characters of one token, one value or one name
 * @param fields named by one annotation
 * @param valuesPerField of one annotation
 */
public record Limits(
    int bytes, int tokens, int pages, int textLength, int fields, int valuesPerField) {

  /** What a single Kafka record of a megabyte holds, and no more than a person could annotate. */
  public static final Limits DEFAULT = new Limits(1_000_000, 20_000, 500, 2_000, 500, 2_000);

  /** For what was let in before, and is only read back. */
  public static final Limits NONE =
      new Limits(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  public Limits {
    if (bytes < 1_000
        || tokens < 1
        || pages < 1
        || textLength < 1
        || fields < 1
        || valuesPerField < 1) {
      throw new IllegalArgumentException(
          "expected bytes >= 1000 and all other limits >= 1, was bytes=%d tokens=%d pages=%d textLength=%d fields=%d valuesPerField=%d"
              .formatted(bytes, tokens, pages, textLength, fields, valuesPerField));
    }
  }
}
