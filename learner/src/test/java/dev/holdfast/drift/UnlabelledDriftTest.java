package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drift.UnlabelledDrift.Signal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UnlabelledDriftTest {
  private final UnlabelledDrift drift = new UnlabelledDrift(UnlabelledDrift.Settings.DEFAULT);
  private final SplittableRandom random = new SplittableRandom(1);

  private boolean receipt(double confidence) {
    return document("receipt", "total", confidence);
  }

  private boolean passport(double confidence) {
    return document("passport", "surname", confidence);
  }

  private boolean document(String title, String own, double confidence) {
    boolean byWords = drift.words(WordsContract.document(random, title, own));
    boolean byConfidence = drift.confidence(confidence);
    return byWords || byConfidence;
  }

  @Test
  void newTypeAlarmsOnceWithinAHundredDocuments() {
    for (int i = 0; i < 300; i++) {
      assertThat(receipt(.9)).isFalse();
    }
    int alarms = 0;
    int first = -1;
    for (int i = 0; i < 300; i++) {
      if (passport(.2)) {
        alarms++;
        first = first < 0 ? i : first;
      }
    }
    assertThat(alarms).isEqualTo(1);
    assertThat(first).isLessThan(100);
    assertThat(drift.alarmed()).isTrue();
  }

  /** As a new layout does among two or three that are known. */
  @Test
  void newDocumentsAmongThoseThatGoOnAlarmWithinAHundredToo() {
    for (int i = 0; i < 300; i++) {
      assertThat(receipt(.9)).isFalse();
    }
    int first = -1;
    for (int i = 0; i < 100; i++) {
      boolean alarm = i % 3 == 0 ? document("voucher", "worth", .9) : receipt(.9);
      first = alarm && first < 0 ? i : first;
    }
    assertThat(first).isBetween(0, 99);
  }

  @Test
  void oneSignalAloneDoesNotAlarm() {
    for (int i = 0; i < 300; i++) {
      receipt(.9);
    }
    for (int i = 0; i < 300; i++) {
      assertThat(receipt(.2)).isFalse();
    }
    assertThat(drift.alarmed()).isFalse();
  }

  @Test
  void afterARestartWhatCameIsUsualAndItMayAlarmAgain() {
    for (int i = 0; i < 100; i++) {
      receipt(.9);
    }
    for (int i = 0; i < 50; i++) {
      passport(.2);
    }
    assertThat(drift.alarmed()).isTrue();

    drift.restart();

    assertThat(drift.alarmed()).isFalse();
    for (int i = 0; i < 100; i++) {
      assertThat(passport(.9)).isFalse();
    }
    boolean again = false;
    for (int i = 0; i < 100; i++) {
      again |= receipt(.3);
    }
    assertThat(again).isTrue();
  }

  @Test
  void levelsRiseWithTheSignal() {
    for (int i = 0; i < 120; i++) {
      receipt(.9);
    }
    assertThat(drift.levels().get(Signal.WORDS)).isLessThan(1);
    for (int i = 0; i < 50; i++) {
      passport(.9);
    }
    assertThat(drift.levels().get(Signal.WORDS)).isGreaterThan(1);
    assertThat(drift.levels().get(Signal.DOMAIN)).isGreaterThan(1);
    assertThat(drift.levels().get(Signal.CONFIDENCE)).isZero();
  }
}
