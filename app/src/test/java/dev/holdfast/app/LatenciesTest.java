package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private final Latencies latencies = new Latencies();

  @Test
  void nothingMeasuredHasNoPercentiles() {
    assertThat(latencies.summary())
        .isEqualTo(new Latencies.Summary(Optional.empty(), Optional.empty()));
  }

  @Test
  void percentilesAreByNearestRank() {
    for (int i = 1000; i >= 1; i--) {
      latencies.add(i);
    }
    assertThat(latencies.summary())
        .isEqualTo(new Latencies.Summary(Optional.of(500.0), Optional.of(950.0)));
  }

  @Test
  void oneMeasurementIsEveryPercentile() {
    latencies.add(7);
    assertThat(latencies.summary())
        .isEqualTo(new Latencies.Summary(Optional.of(7.0), Optional.of(7.0)));
  }
}
