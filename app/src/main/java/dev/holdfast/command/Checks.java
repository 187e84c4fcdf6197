package dev.holdfast.command;

import dev.holdfast.process.BadConfiguration;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with options, so that all of it shows at once. */
public final class Checks {
  private final List<String> problems = new ArrayList<>();

  /** The option must be as said. */
  public Checks that(boolean right, String option, String expected, Object found) {
    if (!right) {
      problems.add("%s: expected %s, was %s".formatted(option, expected, found));
    }
    return this;
  }

  /**
   * All options were looked at.
   *
   * @throws BadConfiguration when any was wrong
   */
  public void done() {
    if (!problems.isEmpty()) {
      throw new BadConfiguration(problems);
    }
  }
}
