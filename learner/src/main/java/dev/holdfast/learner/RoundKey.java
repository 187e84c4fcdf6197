package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import java.util.Locale;

/**
 * The name of one round, written {@code collection/round} with zeros in front: {@code
 * default/000000000017}.
 *
 * @param collection whose learner
 * @param round from 1, growing by one; 0 is before the first
 */
record RoundKey(CollectionName collection, long round) {
  private static final long MAX_ROUND = 999_999_999_999L;

  RoundKey {
    requireNonNull(collection, "collection is null");
    if (round < 0 || round > MAX_ROUND) {
      throw new IllegalArgumentException(
          "expected a round from 0 to %d, was %d".formatted(MAX_ROUND, round));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is nothing of the kind
   */
  static RoundKey parse(String text) {
    String[] pieces = text.split("/", -1);
    if (pieces.length != 2 || !pieces[1].matches("[0-9]{12}")) {
      throw new IllegalArgumentException(
          "expected collection/round with 12 digits, was %d characters in %d pieces"
              .formatted(text.length(), pieces.length));
    }
    return new RoundKey(new CollectionName(pieces[0]), Long.parseLong(pieces[1]));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s/%012d", collection, round);
  }
}
