package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
  @Test
  void aStraightLineHasItsSlopeAndNoError() {
    Trend trend = Trend.of(List.of(points(0, 1), points(1, 3), points(2, 5)));

    assertThat(trend.slope()).isEqualTo(2, within(1e-12));
    assertThat(trend.error()).isEqualTo(0, within(1e-12));
  }

  /** y = 0, 3, 0: slope 0; what is left over is −1, 2, −1, so √(6 / 1 / 2). */
  @Test
  void whatTheLineLeavesOverIsTheError() {
    Trend trend = Trend.of(List.of(points(0, 0), points(1, 3), points(2, 0)));

    assertThat(trend.slope()).isEqualTo(0, within(1e-12));
    assertThat(trend.error()).isEqualTo(Math.sqrt(3), within(1e-12));
  }

  @Test
  void oneXIsRefused() {
    assertThatThrownBy(() -> Trend.of(List.of(points(1, 0), points(1, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected two points of different x, was one x");
  }

  private static double[] points(double x, double y) {
    return new double[] {x, y};
  }
}
