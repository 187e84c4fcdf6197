package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromqlTest {
  @Test
  void seriesAreFoundAmongFunctionsLabelsAndRanges() {
    assertThat(
            Promql.names(
                "histogram_quantile(0.95, sum by (le) (rate(a_seconds_bucket{x=~\"b|c\"}[5m]))) > 1e3"))
        .containsExactly("a_seconds_bucket");
    assertThat(Promql.names("a - on (x) group_right () b_total > 5 and r:c:p95 offset 5m"))
        .containsExactly("a", "b_total", "r:c:p95");
  }

  @Test
  void labelsAreFoundInMatchersAndLists() {
    assertThat(
            Promql.labels("sum by (le, y) (rate(a{x=~\"b|{c, d\"}[5m])) - on (z) group_right () b"))
        .containsExactly("le", "x", "y", "z");
    assertThat(Promql.labels("sum(a)")).isEmpty();
  }

  @Test
  void anAlertWithoutItsThresholdsKeepsSeriesAndTheirMatching() {
    assertThat(Promql.withoutThresholds("a{x=\"1\"} > 0.1 and b >= 100 unless c == 0"))
        .isEqualTo("a{x=\"1\"} >= -Inf and b >= -Inf and c >= -Inf");
    assertThat(Promql.withoutThresholds("sum(a)\n> 0.05 * sum(b + c)"))
        .isEqualTo("sum(a)\n>= -Inf + sum(b + c)");
  }
}
