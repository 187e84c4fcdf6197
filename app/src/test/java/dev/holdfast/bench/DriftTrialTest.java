package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.drift.DriftDetector;
import org.junit.jupiter.api.Test;

class DriftTrialTest {
  /** Alarms when it is told to. */
  private static final class Obedient implements DriftDetector<Boolean> {
    private int restarts;

    @Override
    public boolean add(Boolean alarm) {
      return alarm;
    }

    @Override
    public double level() {
      return 0;
    }

    @Override
    public void restart() {
      restarts++;
    }
  }

  private final Obedient detector = new Obedient();
  private final DriftTrial<Boolean> trial = new DriftTrial<>(detector);

  private void next(boolean... alarms) {
    for (boolean alarm : alarms) {
      trial.next(alarm);
    }
  }

  @Test
  void onlyTheFirstAlarmAfterAChangeIsItsDetection() {
    next(false, true);
    trial.change("new type");
    next(false, false, true, true, false);

    assertThat(trial.seen()).isEqualTo(7);
    assertThat(trial.falseAlarmsPer10000()).isEqualTo(2 * 10_000.0 / 7);
    DriftTrial.Changes changes = trial.changes().get("new type");
    assertThat(changes.count()).isEqualTo(1);
    assertThat(changes.medianDelay()).contains(3);
    assertThat(changes.within(2)).isZero();
    assertThat(changes.within(3)).isEqualTo(1);
    assertThat(detector.restarts).isEqualTo(3);
  }

  @Test
  void changeThatIsNotSeenBeforeItIsLearnedIsMissed() {
    trial.change("new type");
    next(false);
    trial.begin();
    next(true);

    assertThat(trial.changes().get("new type").detected()).isZero();
    assertThat(trial.changes().get("new type").medianDelay()).isEmpty();
    assertThat(trial.falseAlarmsPer10000()).isEqualTo(5_000);
  }

  @Test
  void dummiesDoAsTheyAreCalled() {
    assertThat(new Dummy<>(true).add(1)).isTrue();
    assertThat(new Dummy<>(false).add(1)).isFalse();
  }
}
