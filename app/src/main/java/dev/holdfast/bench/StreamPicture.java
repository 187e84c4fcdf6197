package dev.holdfast.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Draws a {@link ContinualReport}: for each method, on the left the matrix of F1 by segment learned
 * and type, on the right the F1 of each type at each version of the first run.
 */
final class StreamPicture {
  private static final double MARGIN = 20;
  private static final double LABEL = 120;
  private static final double CELL_WIDTH = 66;
  private static final double CELL_HEIGHT = 20;
  private static final double CURVES_WIDTH = 560;
  private static final double CURVES_HEIGHT = 180;
  private static final double TITLE = 40;
  private static final double GAP = 60;
  private static final String INK = "#222222";
  private static final String GRID = "#dddddd";

  /** Told apart by people who do not see all colours: Okabe and Ito 2008. */
  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8c7a00", "#000000");

  private final ContinualReport report;
  private final List<String> types;
  private final Svg svg;
  private final double rowHeight;

  private StreamPicture(ContinualReport report, List<Method> streams) {
    this.report = report;
    List<StreamRun> first = report.runs().get(streams.get(0));
    types = List.copyOf(first.get(0).last().keySet());
    int segments = first.get(0).taught().size();
    rowHeight = TITLE + Math.max(CURVES_HEIGHT, CELL_HEIGHT * (segments + 1)) + MARGIN;
    svg =
        new Svg(
            3 * MARGIN + 2 * LABEL + CELL_WIDTH * types.size() + GAP + CURVES_WIDTH,
            MARGIN + rowHeight * streams.size());
  }

  /** The drawing as the text of an SVG file; empty when nothing was learned as a stream. */
  static String of(ContinualReport report) {
    List<Method> streams =
        report.runs().keySet().stream().filter(method -> method != Method.JOINT).toList();
    if (streams.isEmpty()) {
      return new Svg(MARGIN, MARGIN).toString();
    }
    StreamPicture picture = new StreamPicture(report, streams);
    double top = MARGIN;
    for (Method method : streams) {
      picture.method(method, top);
      top += picture.rowHeight;
    }
    return picture.svg.toString();
  }

  private void method(Method method, double top) {
    List<StreamRun> runs = report.runs().get(method);
    String acc = ContinualReport.spread(runs, Measure.ACC).map(s -> two(s.mean())).orElse("");
    svg.text(MARGIN, top + 14, Svg.Anchor.START, INK, "%s – ACC %s".formatted(method.label(), acc));
    matrix(report.matrix(runs), top + TITLE);
    curves(runs.get(0).versions(), top + TITLE);
  }

  private void matrix(List<ContinualReport.Row> rows, double top) {
    double left = MARGIN + LABEL;
    for (int j = 0; j < types.size(); j++) {
      String shortened = types.get(j).substring(0, Math.min(11, types.get(j).length()));
      svg.text(left + CELL_WIDTH * (j + .5), top - 4, Svg.Anchor.MIDDLE, INK, shortened);
    }
    for (int i = 0; i < rows.size(); i++) {
      double y = top + CELL_HEIGHT * i;
      String label = "after " + rows.get(i).after();
      svg.text(left - 6, y + 14, Svg.Anchor.END, INK, label);
      for (int j = 0; j < types.size(); j++) {
        double f1 = rows.get(i).f1().get(types.get(j));
        svg.rectangle(left + CELL_WIDTH * j, y, CELL_WIDTH - 1, CELL_HEIGHT - 1, shade(f1));
        svg.text(
            left + CELL_WIDTH * (j + .5),
            y + 14,
            Svg.Anchor.MIDDLE,
            f1 > .6 ? "#ffffff" : INK,
            two(f1));
      }
    }
  }

  private void curves(List<StreamRun.Version> versions, double top) {
    double left = MARGIN + LABEL + CELL_WIDTH * types.size() + GAP;
    for (double f1 = 0; f1 < 1.01; f1 += .25) {
      double y = top + CURVES_HEIGHT * (1 - f1);
      svg.line(left, y, left + CURVES_WIDTH, y, GRID);
      svg.text(left - 6, y + 4, Svg.Anchor.END, INK, two(f1));
    }
    int ended = 0;
    for (StreamRun.Version version : versions) {
      if (version.segments() > ended) {
        double x = x(left, version.documents());
        svg.line(x, top, x, top + CURVES_HEIGHT, GRID);
      }
      ended = version.segments();
    }
    for (int k = 0; k < types.size(); k++) {
      String type = types.get(k);
      String colour = COLOURS.get(k % COLOURS.size());
      List<double[]> points = new ArrayList<>();
      for (StreamRun.Version version : versions) {
        Map<String, Double> f1 = version.f1();
        if (f1.containsKey(type)) {
          points.add(
              new double[] {
                x(left, version.documents()), top + CURVES_HEIGHT * (1 - f1.get(type))
              });
        }
      }
      svg.path(points, colour);
      svg.text(left + CURVES_WIDTH + 8, top + 12 + 14 * k, Svg.Anchor.START, colour, type);
    }
  }

  private double x(double left, int documents) {
    return left + CURVES_WIDTH * documents / report.documents();
  }

  /** White for 0, dark blue for 1. */
  private static String shade(double f1) {
    return String.format(
        Locale.ROOT,
        "#%02x%02x%02x",
        Math.round(255 - 247 * f1),
        Math.round(255 - 187 * f1),
        Math.round(255 - 110 * f1));
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
