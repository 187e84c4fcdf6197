package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The key of one record in {@code learner.state}, written {@code collection/round/part}: a chunk of
 * the state after that round, or, with {@code head} as part, what there is to know of it.
 *
 * @param round after which it was taken
 * @param part number of the chunk from 0; empty for the head
 */
record CheckpointKey(RoundKey round, OptionalInt part) {
  private static final String HEAD = "head";

  CheckpointKey {
    requireNonNull(round, "round is null");
    if (part.orElse(0) < 0) {
      throw new IllegalArgumentException("expected a part from 0, was " + part.getAsInt());
    }
  }

  static CheckpointKey head(RoundKey round) {
    return new CheckpointKey(round, OptionalInt.empty());
  }

  static CheckpointKey chunk(RoundKey round, int part) {
    return new CheckpointKey(round, OptionalInt.of(part));
  }

  boolean isHead() {
    return part.isEmpty();
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is nothing of the kind
   */
  static CheckpointKey parse(String text) {
    int slash = text.lastIndexOf('/');
    String part = text.substring(slash + 1);
    if (slash < 0 || !part.matches("[0-9]{5}|" + HEAD)) {
      throw new IllegalArgumentException(
          "expected collection/round/part with 5 digits or \"head\", was %d characters"
              .formatted(text.length()));
    }
    RoundKey round = RoundKey.parse(text.substring(0, slash));
    return part.equals(HEAD) ? head(round) : chunk(round, Integer.parseInt(part));
  }

  @Override
  public String toString() {
    return round + "/" + (isHead() ? HEAD : String.format(Locale.ROOT, "%05d", part.getAsInt()));
  }
}
