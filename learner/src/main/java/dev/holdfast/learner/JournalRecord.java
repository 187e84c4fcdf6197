package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
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
 * @param order what of an operator it saw to; with kind {@link Kind#OBEY} only
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
    Optional<Published> published,
    Optional<Order> order) {

  /** What a round is spent on. */
  enum Kind {
    /** Examples were learned. */
    LEARN,
    /** Nothing waited, so one helping of what is remembered was rehearsed. */
    REHEARSE,
    /** Nothing was learned; what earlier rounds had learned was published. */
    PUBLISH,
    /** Nothing was learned; what an operator asks was done, or refused. */
    OBEY,
    /** Nothing was learned; an example was put aside that the learner had failed on. */
    QUARANTINE;

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

  /**
   * A message of {@code control} that was seen to.
   *
   * @param offset of the message
   * @param control what was asked; empty when that cannot be read
   * @param refused code of the reason when nothing was done
   * @param backTo number of the round that a rollback goes back to, 0 when it is none
   */
  record Order(long offset, Optional<Control> control, Optional<String> refused, long backTo) {
    Order {
      requireNonNull(control, "control is null");
      requireNonNull(refused, "refused is null");
      if (offset < 0 || backTo < 0 || (control.isEmpty() && refused.isEmpty())) {
        throw new IllegalArgumentException(
            "expected offset and backTo >= 0, and a reason where nothing is asked, was %d, %d, %s and %s"
                .formatted(offset, backTo, control, refused));
      }
    }

    /** Whether that was done. */
    boolean did(Action action) {
      return refused.isEmpty() && control.orElseThrow().action() == action;
    }
  }

  JournalRecord {
    requireNonNull(kind, "kind is null");
    requireNonNull(published, "published is null");
    requireNonNull(order, "order is null");
    if ((kind == Kind.OBEY) != order.isPresent()) {
      throw new IllegalArgumentException(
          "round %s: expected an order with kind obey only, was %s".formatted(key, kind));
    }
    if (key.round() < 1 || partition < 0 || from < 0 || to < from || examples < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "round %s: expected a round from 1, partition, examples, updates >= 0 and 0 <= from <= to, was %d, %d, %d and [%d, %d)"
              .formatted(key, partition, examples, updates, from, to));
    }
  }

  /** Whether that was done for an operator. */
  boolean did(Action action) {
    return order.isPresent() && order.get().did(action);
  }
}
