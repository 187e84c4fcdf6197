package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every detector does, whatever its stream is of. */
abstract class DriftDetectorContract<T> {
  private static final int BEFORE = 400;
  private static final int AFTER = 400;

  /** One that has seen nothing. */
  abstract DriftDetector<T> fresh();

  /** What comes while all is as it was. */
  abstract T usual(SplittableRandom random);

  /** What comes after a change that nobody would overlook. */
  abstract T changed(SplittableRandom random);

  List<T> usual(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<T> stream = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stream.add(usual(random));
    }
    return stream;
  }

  /** A stream that changes after {@link #BEFORE}. */
  List<T> changing(long seed) {
    List<T> stream = usual(BEFORE, seed);
    SplittableRandom random = new SplittableRandom(seed + 1);
    for (int i = 0; i < AFTER; i++) {
      stream.add(changed(random));
    }
    return stream;
  }

  /** The places of the alarms. */
  static <T> List<Integer> alarms(DriftDetector<T> detector, List<T> stream) {
    List<Integer> alarms = new ArrayList<>();
    for (int i = 0; i < stream.size(); i++) {
      if (detector.add(stream.get(i))) {
        alarms.add(i);
      }
    }
    return alarms;
  }

  @Test
  void streamThatStaysAsItIsDoesNotAlarm() {
    assertThat(alarms(fresh(), usual(2 * BEFORE, 1))).isEmpty();
  }

  @Test
  void greatChangeAlarmsWithinAHundred() {
    assertThat(alarms(fresh(), changing(2)).get(0)).isBetween(BEFORE, BEFORE + 100);
  }

  @Test
  void sameStreamGivesTheSameAlarms() {
    assertThat(alarms(fresh(), changing(3))).isEqualTo(alarms(fresh(), changing(3)));
  }

  @Test
  void afterARestartItIsAsNew() {
    DriftDetector<T> used = fresh();
    alarms(used, changing(4).subList(0, BEFORE + 33));

    used.restart();

    assertThat(used.level()).isZero();
    assertThat(alarms(used, changing(5))).isEqualTo(alarms(fresh(), changing(5)));
  }

  @Test
  void changeThatWasTheReferenceAfterARestartIsUsual() {
    DriftDetector<T> detector = fresh();
    alarms(detector, changing(6).subList(0, BEFORE + 10));

    detector.restart();

    assertThat(alarms(detector, changing(6).subList(BEFORE + 10, BEFORE + AFTER))).isEmpty();
  }

  @Test
  void levelIsOneOrMoreWhenItAlarms() {
    DriftDetector<T> detector = fresh();
    for (T next : changing(7)) {
      boolean alarm = detector.add(next);
      assertThat(detector.level()).isFinite().isNotNegative();
      if (alarm) {
        assertThat(detector.level()).isGreaterThanOrEqualTo(1);
      }
    }
  }
}
