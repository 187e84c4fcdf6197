package dev.holdfast.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A drawing in Scalable Vector Graphics, built element by element. Not thread-safe. */
final class Svg {
  private final StringBuilder elements = new StringBuilder();
  private final double width;
  private final double height;

  /** An empty white one; all lengths are in pixels, y grows downwards. */
  Svg(double width, double height) {
    this.width = width;
    this.height = height;
  }

  /** Where a text stands relative to its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  void rectangle(double x, double y, double w, double h, String fill) {
    add("<rect x='%.1f' y='%.1f' width='%.1f' height='%.1f' fill='%s'/>", x, y, w, h, fill);
  }

  void line(double x1, double y1, double x2, double y2, String stroke) {
    add("<line x1='%.1f' y1='%.1f' x2='%.1f' y2='%.1f' stroke='%s'/>", x1, y1, x2, y2, stroke);
  }

  void text(double x, double y, Anchor anchor, String fill, String text) {
    add(
        "<text x='%.1f' y='%.1f' text-anchor='%s' fill='%s'>%s</text>",
        x,
        y,
        anchor.name().toLowerCase(Locale.ROOT),
        fill,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  /**
   * A line through points, with a dot on each.
   *
   * @param points each as x and y
   */
  void path(List<double[]> points, String stroke) {
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='1.5'/>",
        points.stream()
            .map(point -> String.format(Locale.ROOT, "%.1f,%.1f", point[0], point[1]))
            .collect(Collectors.joining(" ")),
        stroke);
    points.forEach(
        point -> add("<circle cx='%.1f' cy='%.1f' r='2' fill='%s'/>", point[0], point[1], stroke));
  }

  private void add(String format, Object... values) {
    elements.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        <svg xmlns='http://www.w3.org/2000/svg' width='%.0f' height='%.0f' \
        font-family='sans-serif' font-size='11'>
        <rect width='100%%' height='100%%' fill='white'/>
        %s</svg>
        """,
        width,
        height,
        elements);
  }
}
