package dev.holdfast.version;

/**
 * What a collection's learner has done since its first round.
 *
 * @param rounds how many, rehearsals among them; the number of the latest round
 * @param examples learned, those that were annotated again each time
 * @param updates of the weights
 */
public record Counters(long rounds, long examples, long updates) {
  /** Before the first round. */
  public static final Counters ZERO = new Counters(0, 0, 0);

  public Counters {
    if (rounds < 0 || examples < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "expected rounds, examples, updates >= 0, was %d, %d, %d"
              .formatted(rounds, examples, updates));
    }
  }
}
