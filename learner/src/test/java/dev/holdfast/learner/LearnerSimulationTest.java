package dev.holdfast.learner;

import org.junit.jupiter.api.Test;

/**
 * Schedules of faults by seed. More of them, or one that has failed once more: {@code mvn verify
 * -pl learner -am -Dtest=LearnerSimulationTest -Dsimulation.schedules=100000 -Dsimulation.seed=7}.
 */
class LearnerSimulationTest {
  private static final long SCHEDULES = Long.getLong("simulation.schedules", 500);
  private static final long SEED = Long.getLong("simulation.seed", 1);

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
