package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class PageHinkleyTest extends ErrorDetectorContract {
  @Override
  ErrorDetector fresh() {
    return new PageHinkley(10, .05);
  }

  @Test
  void twoStepsByHand() {
    PageHinkley test = new PageHinkley(2, .1);
    alarms(test, Collections.nCopies(30, 0.0));

    // x̄ = 1/31, m rises from its minimum by 1 − 1/31 − .1.
    assertThat(test.add(1.0)).isFalse();
    assertThat(test.level()).isCloseTo((1 - 1 / 31.0 - .1) / 2, within(1e-12));

    // x̄ = 2/32, m rises by another 1 − 1/16 − .1.
    assertThat(test.add(1.0)).isFalse();
    assertThat(test.level()).isCloseTo((2 - 1 / 31.0 - 1 / 16.0 - .2) / 2, within(1e-12));

    assertThat(test.add(1.0)).isTrue();
  }

  @Test
  void thresholdAndToleranceMustMakeSense() {
    assertThatThrownBy(() -> new PageHinkley(0, 0)).hasMessageContaining("threshold > 0");
    assertThatThrownBy(() -> new PageHinkley(1, -1)).hasMessageContaining("tolerance >= 0");
  }
}
