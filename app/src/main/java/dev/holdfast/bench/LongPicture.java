package dev.holdfast.bench;

import dev.holdfast.bench.LongRun.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Draws a {@link LongReport}: for each learner, over the segments, how well it learned each new
 * type beside a newborn learner, the size of its versions, and the time of an update.
 */
final class LongPicture {
  private static final double MARGIN = 20;
  private static final double LABEL = 70;
  private static final double WIDTH = 640;
  private static final double HEIGHT = 110;
  private static final double GAP = 44;
  private static final int CHARTS = 3;
  private static final String INK = "#222222";
  private static final String GRID = "#dddddd";
  private static final String LEARNER = "#0072b2";
  private static final String NEWBORN = "#e69f00";

  private final Svg svg;
  private double top = MARGIN;

  private LongPicture(int runs) {
    double height = MARGIN + runs * (GAP + CHARTS * (HEIGHT + GAP));
    svg = new Svg(2 * MARGIN + LABEL + WIDTH + LABEL, height);
  }

  /** The drawing as the text of an SVG file. */
  static String of(LongReport report) {
    LongPicture picture = new LongPicture(report.runs().size());
    report.runs().forEach(picture::run);
    return picture.svg.toString();
  }

  private void run(LongRun run) {
    int segments = run.points().size();
    svg.text(MARGIN, top + 14, Svg.Anchor.START, INK, "pull to the start " + run.startPull());
    top += GAP;
    frame("F1 of new types", 1);
    curve(run.fresh(), segments, Point::f1, 1, LEARNER);
    curve(run.fresh(), segments, point -> point.newborn().orElseThrow(), 1, NEWBORN);
    svg.text(MARGIN + LABEL + WIDTH + 8, top + 14, Svg.Anchor.START, LEARNER, "learner");
    svg.text(MARGIN + LABEL + WIDTH + 8, top + 30, Svg.Anchor.START, NEWBORN, "newborn");
    top += HEIGHT + GAP;
    chart(run.points(), segments, "megabytes of a version", point -> point.modelBytes() / 1e6);
    chart(run.known(), segments, "ms of an update, known types", Point::millisPerUpdate);
  }

  private void chart(List<Point> points, int segments, String title, ToDoubleFunction<Point> of) {
    double most = points.stream().mapToDouble(of).max().orElse(1);
    frame(title, most);
    curve(points, segments, of, most, LEARNER);
    top += HEIGHT + GAP;
  }

  private void frame(String title, double most) {
    double left = MARGIN + LABEL;
    svg.text(left, top - 6, Svg.Anchor.START, INK, title);
    for (int line = 0; line <= 2; line++) {
      double y = top + HEIGHT * (1 - line / 2.0);
      svg.line(left, y, left + WIDTH, y, GRID);
      svg.text(
          left - 6,
          y + 4,
          Svg.Anchor.END,
          INK,
          String.format(Locale.ROOT, "%.2f", most * line / 2));
    }
  }

  private void curve(
      List<Point> points, int segments, ToDoubleFunction<Point> of, double most, String colour) {
    svg.path(
        points.stream()
            .map(
                point ->
                    new double[] {
                      MARGIN + LABEL + WIDTH * point.number() / segments,
                      top + HEIGHT * (1 - of.applyAsDouble(point) / most)
                    })
            .toList(),
        colour);
  }
}
