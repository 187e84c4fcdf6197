package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.version.Digest;
import java.util.Locale;
import java.util.Optional;

/**
 * What one round did, enough to do it again.
 *
 * @param key its collection and number
 * @param kind what was done
 * @param partition of {@code examples}
 * @param from offset of the first example of the collection in the round; {@code to} when there is
 *     none
 * @param to one past the last one: every example of the collection below it has been seen to
 * @param examples how many were learned: those between {@code from} and {@code to} that teach
 *     something, of each document the last one
 * @param seed of the round
 * @param updates of the weights
 * @param published the version it published, if any
 */
record JournalRecord(
    RoundKey key,
    Kind kind,
    int partition,
    long from,
    long to,
    int examples,
    long seed,
    long updates,
    Optional<Published> published) {

  /** What a round is spent on. */
  enum Kind {
    /** Examples were learned. */
    LEARN,
    /** Nothing waited, so one helping of what is remembered was rehearsed. */
    REHEARSE,
    /** Nothing was learned; what earlier rounds had learned was published. */
    PUBLISH;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A version that left with the round.
   *
   * @param version its number
   * @param digest of its weights, by which a round that is done again is checked
   * @param parts how many chunks it has
   * @param oldestKept number of the oldest version that is kept from then on
   */
  record Published(long version, Digest digest, int parts, long oldestKept) {
    Published {
      requireNonNull(digest, "digest is null");
      if (oldestKept < 1 || oldestKept > version || parts < 0) {
        throw new IllegalArgumentException(
            "expected 1 <= oldestKept <= version and parts >= 0, was %d, %d and %d"
                .formatted(oldestKept, version, parts));
      }
    }
  }

  JournalRecord {
    requireNonNull(kind, "kind is null");
    requireNonNull(published, "published is null");
    if (key.round() < 1 || partition < 0 || from < 0 || to < from || examples < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "round %s: expected a round from 1, partition, examples, updates >= 0 and 0 <= from <= to, was %d, %d, %d and [%d, %d)"
              .formatted(key, partition, examples, updates, from, to));
    }
  }
}
