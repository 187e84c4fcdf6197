package dev.holdfast.simulation;

import dev.holdfast.control.Control.Action;
import java.util.List;
import java.util.Set;

/**
 * What one schedule came to.
 *
 * @param seed that repeats it
 * @param deaths of services
 * @param obeyed what was asked by orders that the learner has followed
 * @param wrong what was found
 */
record Schedule(long seed, int deaths, Set<Action> obeyed, List<String> wrong) {

  /** Runs the schedule of a seed. */
  static Schedule run(long seed, Set<Sabotage> sabotage) {
    Simulation simulation = new Simulation(seed, sabotage);
    try {
      Findings findings = simulation.run();
      List<String> wrong = findings.all();
      return new Schedule(seed, simulation.deaths(), findings.obeyed(), wrong);
    } catch (RuntimeException | AssertionError e) {
      // A service that breaks in a way it should not is what this is for.
      return new Schedule(seed, simulation.deaths(), Set.of(), List.of(describe(e)));
    }
  }

  private static String describe(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return "%s at %s".formatted(e, trace.length == 0 ? "an unknown place" : trace[0]);
  }
}
