package dev.holdfast.learner;

import java.time.InstantSource;

/**
 * What the rounds of all partitions of a process share.
 *
 * @param settings how rounds are run
 * @param learners where learners come from
 * @param commands what operators ask
 * @param past how collections were earlier
 * @param suspects what the learner has failed on
 * @param measurements what is reported
 * @param clock for what is due
 */
record Surroundings(
    LearnerSettings settings,
    Learning.Source learners,
    Commands commands,
    Past past,
    Suspects suspects,
    LearnerMeasurements measurements,
    InstantSource clock) {

  /** How collections were earlier. */
  @FunctionalInterface
  interface Past {
    /**
     * The learner of a collection as it was after an earlier round.
     *
     * @param partition of {@code examples}
     */
    Learning after(int partition, RoundKey round);
  }
}
