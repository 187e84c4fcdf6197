package dev.holdfast.bench;

import java.util.List;

/**
 * A straight line through points, by least squares.
 *
 * @param slope by which y grows where x grows by 1
 * @param error standard error of the slope, from what the line leaves over; 0 for two points
 */
record Trend(double slope, double error) {
  /**
   * Of at least two points of different x.
   *
   * @param points each as x and y
   */
  static Trend of(List<double[]> points) {
    double meanX = points.stream().mapToDouble(p -> p[0]).average().orElseThrow();
    double meanY = points.stream().mapToDouble(p -> p[1]).average().orElseThrow();
    double squares = points.stream().mapToDouble(p -> (p[0] - meanX) * (p[0] - meanX)).sum();
    if (squares == 0) {
      throw new IllegalArgumentException("expected two points of different x, was one x");
    }
    double slope =
        points.stream().mapToDouble(p -> (p[0] - meanX) * (p[1] - meanY)).sum() / squares;
    double left =
        points.stream()
            .mapToDouble(p -> p[1] - meanY - slope * (p[0] - meanX))
            .map(residual -> residual * residual)
            .sum();
    return new Trend(slope, Math.sqrt(left / Math.max(1, points.size() - 2) / squares));
  }
}
