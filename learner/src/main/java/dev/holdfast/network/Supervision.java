package dev.holdfast.network;

/**
 * How what is known about a document becomes a loss.
 *
 * @param loss over the states of its tokens
 * @param repeats what is taught where the words of an annotated value stand again
 */
public record Supervision(Loss loss, Repeats repeats) {
  /** What extracts best; the others are there to measure what each part is worth. */
  public static final Supervision STANDARD = new Supervision(Loss.CHAIN, Repeats.FREE);

  /** A loss over the states of all tokens. */
  public enum Loss {
    /** The negative log-likelihood of a linear chain, whose transitions are learned. */
    CHAIN,
    /** Cross-entropy of each token by itself; transitions stay as they are. */
    TOKENS
  }

  /** What is taught where the words of an annotated value stand once more. */
  public enum Repeats {
    /** Nothing: they may be the value or not. */
    FREE,
    /** That they are not the value. */
    OUTSIDE
  }
}
