package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.FieldName;
import dev.holdfast.score.JudgedValue;
import dev.holdfast.score.Tally;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HonestyTest {
  private static final FieldName TOTAL = new FieldName("total");

  private final Honesty honesty = new Honesty(1, 100);

  private void scored(double confidence, boolean right) {
    Tally tally = new Tally(right ? 1 : 0, 1, 1);
    honesty.scored(
        new Scored(
            MonitoringFixtures.DEFAULT,
            "receipt",
            new TreeMap<>(Map.of(TOTAL, tally)),
            List.of(new JudgedValue(TOTAL, confidence, right)),
            1,
            PrequentialF1.NONE,
            1));
  }

  private void extraction(double confidence) {
    honesty.extraction(
        MonitoringFixtures.extraction(
            "receipt-1", 1, MonitoringFixtures.START, Map.of("total", "5.00"), confidence));
  }

  @Test
  void nothingIsKnownBeforeAnythingIsScored() {
    assertThat(honesty.calibrationError()).isZero();
    assertThat(honesty.estimatedF1()).isEqualTo(1);
  }

  @Test
  void calibrationErrorByHand() {
    // Three values at .95, of which two are right; two at .25, of which one is.
    List.of(true, true, false).forEach(right -> scored(.95, right));
    List.of(true, false).forEach(right -> scored(.25, right));

    double expected = (Math.abs(2 - 3 * .95) + Math.abs(1 - 2 * .25)) / 5;
    assertThat(honesty.calibrationError()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void estimateByHand() {
    // Bins of .9 were right 3 times of 4; each wrong value also missed the annotated one.
    List.of(true, true, true, false).forEach(right -> scored(.9, right));
    extraction(.9);
    extraction(.9);

    double right = 2 * (3 + 5 * .9) / (4 + 5);
    double expected = 2 * right / (2 + right * (1 + 1 / 3.0));
    assertThat(honesty.estimatedF1()).isCloseTo(expected, within(1e-6));
  }

  @Test
  void estimateFallsWithConfidenceBeforeAnyoneHasSaidAnything() {
    IntStream.range(0, 200).forEach(i -> scored(.95, i % 20 != 0));
    IntStream.range(0, 200).forEach(i -> scored(.35, i % 3 == 0));
    IntStream.range(0, 100).forEach(i -> extraction(.95));
    double before = honesty.estimatedF1();

    IntStream.range(0, 100).forEach(i -> extraction(.35));

    assertThat(honesty.estimatedF1()).isLessThan(before - .2);
  }
}
