package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransferReportTest {
  private static final TransferReport REPORT =
      TransferReport.of(
          2,
          Map.of(
              Transfer.NONE,
              List.of(Map.of(4, .1, 16, .4), Map.of(4, .3, 16, .4)),
              Transfer.LEARNED,
              List.of(Map.of(4, .3, 16, .5), Map.of(4, .3, 16, .5))));

  @Test
  void runsOfOneTransferAreAveraged() {
    Spread four = REPORT.curves().get(Transfer.NONE).get(4);

    assertThat(four.mean()).isCloseTo(.2, within(1e-9));
    assertThat(four.deviation()).isCloseTo(Math.sqrt(.02), within(1e-9));
  }

  @Test
  void halfWayUpTheCurveIsWorthTheGeometricMeanOfTheDocuments() {
    assertThat(REPORT.worth(Transfer.LEARNED, 4).orElseThrow()).isCloseTo(8, within(1e-6));
  }

  @Test
  void whatTheCurveDoesNotReachHasNoWorth() {
    assertThat(REPORT.worth(Transfer.LEARNED, 16)).isEmpty();
  }
}
