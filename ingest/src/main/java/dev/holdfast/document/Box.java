package dev.holdfast.document;

/**
 * A rectangle on a page in thousandths of the page's width and height, from its top left corner.
 *
 * @param x0 left edge, 0 to 1000
 * @param y0 upper edge, 0 to 1000
 * @param x1 right edge, {@code x0} to 1000
 * @param y1 lower edge, {@code y0} to 1000
 */
public record Box(int x0, int y0, int x1, int y1) {
  public Box {
    if (!valid(x0, y0, x1, y1)) {
      throw new IllegalArgumentException(
          "expected 0 <= x0 <= x1 <= 1000 and 0 <= y0 <= y1 <= 1000, was [%d,%d,%d,%d]"
              .formatted(x0, y0, x1, y1));
    }
  }

  static boolean valid(int x0, int y0, int x1, int y1) {
    return 0 <= x0 && x0 <= x1 && x1 <= 1000 && 0 <= y0 && y0 <= y1 && y1 <= 1000;
  }

  /** The smallest box that holds both. */
  public Box union(Box other) {
    return new Box(
        Math.min(x0, other.x0),
        Math.min(y0, other.y0),
        Math.max(x1, other.x1),
        Math.max(y1, other.y1));
  }
}
