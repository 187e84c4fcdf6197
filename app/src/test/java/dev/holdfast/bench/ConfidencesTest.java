package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bench.Confidences.Automation;
import dev.holdfast.bench.Confidences.Judged;
import dev.holdfast.document.FieldName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfidencesTest {
  private static final FieldName TOTAL = new FieldName("total");

  private static Confidences confidences(Judged... values) {
    return new Confidences(new TreeMap<>(Map.of(TOTAL, List.of(values))), 0);
  }

  @Test
  void calibrationErrorIsTheWeightedGapOfEachBin() {
    // Bin 9: .95 + .95 for one right of two, gap .9. Bin 6: .6 for none right, gap .6.
    Confidences confidences =
        confidences(new Judged(.95, true), new Judged(.95, false), new Judged(.6, false));
    assertThat(confidences.calibrationError()).isCloseTo((.9 + .6) / 3, within(1e-9));
  }

  @Test
  void errorsOfOppositeSignInDifferentBinsDoNotCancel() {
    Confidences confidences = confidences(new Judged(.95, false), new Judged(.05, true));
    assertThat(confidences.calibrationError()).isCloseTo(.95, within(1e-9));
  }

  @Test
  void nothingExtractedHasNoError() {
    assertThat(new Confidences(new TreeMap<>(), 0).calibrationError()).isZero();
  }

  @Test
  void leastSureFifthIsLeftToReview() {
    Confidences confidences =
        confidences(
            new Judged(.2, false),
            new Judged(.9, true),
            new Judged(.8, true),
            new Judged(.7, false),
            new Judged(.6, true));
    assertThat(confidences.automation()).containsEntry(TOTAL, new Automation(.6, .75));
  }
}
