package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.NormalText;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.score.AnnotatedValues;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  private static final AnnotatedValues ONE =
      new AnnotatedValues(List.of(Set.of(NormalText.of("right"))));

  private final Reliability reliability = new Reliability();

  private void candidate(double probability, boolean right, int before) {
    String text = right ? "right" : "wrong";
    PredictedValue value = new PredictedValue(text, probability, List.of(new TokenSpan(0, 1)));
    reliability.count(List.of(value), ONE, before);
  }

  /** Candidates of the given probability that are right with another. */
  private void candidates(double probability, double right, int count) {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < count; i++) {
      candidate(probability, random.nextDouble() < right, 1000);
    }
  }

  @Test
  void nothingSeenLeavesProbabilitiesAsTheyAre() {
    Calibration calibration = reliability.calibration();
    assertThat(calibration.of(.3)).isCloseTo(.3, within(1e-6));
    assertThat(calibration.threshold()).isEqualTo(Calibration.NONE.threshold());
  }

  @Test
  void overconfidenceIsTakenBack() {
    candidates(.95, .6, 400);
    assertThat(reliability.calibration().of(.95)).isCloseTo(.6, within(.15));
  }

  @Test
  void calibrationKeepsTheOrderOfProbabilities() {
    candidates(.9, .1, 200);
    candidates(.2, .9, 200);
    Calibration calibration = reliability.calibration();
    assertThat(calibration.slope()).isPositive();
    assertThat(calibration.of(.9)).isGreaterThan(calibration.of(.2));
  }

  @Test
  void thresholdIsHalfOfTheBestF1() {
    candidates(.99, 1, 400);
    assertThat(reliability.calibration().threshold()).isCloseTo(.5f, within(.03f));
  }

  @Test
  void whatIsOlderCountsLessWhileFewDocumentsWereLearned() {
    candidate(.5, false, 1);
    candidate(.5, true, 2);
    // Kept a half of the first: one right of one and a half.
    int bin = binOf(.5);
    assertThat(reliability.counts()[bin]).isEqualTo(1.5f);
  }

  private int binOf(double probability) {
    Reliability single = new Reliability();
    single.count(
        List.of(new PredictedValue("x", probability, List.of(new TokenSpan(0, 1)))), ONE, 1);
    for (int bin = 0; bin < single.counts().length; bin++) {
      if (single.counts()[bin] == 1) {
        return bin;
      }
    }
    throw new AssertionError("no candidate was counted");
  }

  @Test
  void littleEvidenceStaysNearTheCommonCalibration() {
    Calibration common = new Calibration(.5f, -1, .2f);
    candidate(.9, true, 10);
    Calibration own = reliability.calibration(common);
    assertThat(own.slope()).isCloseTo(.5f, within(.1f));
    assertThat(own.offset()).isCloseTo(-1f, within(.1f));
  }
}
