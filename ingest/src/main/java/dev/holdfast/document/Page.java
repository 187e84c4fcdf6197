package dev.holdfast.document;

/**
 * A page's size in any unit; only the ratio has a meaning.
 *
 * @param width at least 1
 * @param height at least 1
 */
public record Page(int width, int height) {
  public Page {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "expected width and height >= 1, was %d x %d".formatted(width, height));
    }
  }
}
