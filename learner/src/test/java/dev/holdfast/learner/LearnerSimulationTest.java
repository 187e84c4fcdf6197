package dev.holdfast.learner;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Schedules of faults by seed. More of them, or one that has failed once more: {@code mvn verify
 * -pl learner -am -Dtest=LearnerSimulationTest -Dsimulation.schedules=100000 -Dsimulation.seed=7}.
 */
class LearnerSimulationTest {
  private static final long SCHEDULES = Long.getLong("simulation.schedules", 100);
  private static final long SEED = Long.getLong("simulation.seed", 1);

  private final Logger log = (Logger) LoggerFactory.getLogger("dev.holdfast.learner");
  private Level before;

  /** Every fault of every schedule is worth a warning, and there are thousands. */
  @BeforeEach
  void silence() {
    before = log.getLevel();
    log.setLevel(SCHEDULES == 1 ? Level.INFO : Level.OFF);
  }

  @AfterEach
  void speak() {
    log.setLevel(before);
  }

  @Test
  void noScheduleOfFaultsLosesRepeatsOrChangesWhatIsLearned() {
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      try {
        new LearnerSimulation(seed).run();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": -Dsimulation.seed=" + seed, e);
      }
    }
  }
}
