package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
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
 * @param verdict of the gate, if it was asked: always when a version would be published
 * @param notLearned what is between {@code from} and {@code to} and was not learned
 * @param order what of an operator it saw to; with kind {@link Kind#OBEY} only
 * @param forgotten the document that is remembered no more; with kind {@link Kind#FORGET} only
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
    Optional<Verdict> verdict,
    NotLearned notLearned,
    Optional<Order> order,
    Optional<DocumentId> forgotten) {

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
    QUARANTINE,
    /** Nothing was learned; a document is remembered no more. */
    FORGET;

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
   * @param backTo number of the round that a rollback goes back to, or of the last one that had not
   *     learned a document that is unlearned; else 0
   * @param relearned what that cost, when rounds had to be learned again
   * @param taken the learner of another collection that was begun with or taken in
   */
  record Order(
      long offset,
      Optional<Control> control,
      Optional<String> refused,
      long backTo,
      Optional<Relearned> relearned,
      Optional<Taken> taken) {
    Order {
      requireNonNull(control, "control is null");
      requireNonNull(refused, "refused is null");
      requireNonNull(relearned, "relearned is null");
      requireNonNull(taken, "taken is null");
      if (offset < 0 || backTo < 0 || (control.isEmpty() && refused.isEmpty())) {
        throw new IllegalArgumentException(
            "expected offset and backTo >= 0, and a reason where nothing is asked, was %d, %d, %s and %s"
                .formatted(offset, backTo, control, refused));
      }
    }

    /** One that no round was learned again for. */
    Order(long offset, Optional<Control> control, Optional<String> refused, long backTo) {
      this(offset, control, refused, backTo, Optional.empty(), Optional.empty());
    }

    /** One that was done with the learner of another collection. */
    static Order with(Taken taken, long offset, Control control) {
      return new Order(
          offset, Optional.of(control), Optional.empty(), 0, Optional.empty(), Optional.of(taken));
    }

    /** Whether that was done. */
    boolean did(Action action) {
      return refused.isEmpty() && control.orElseThrow().action() == action;
    }

    /** Whether that was done and the collection began anew with it. */
    boolean begins() {
      return refused.isEmpty() && control.orElseThrow().action().begins();
    }

    /** Whether that was done and made the learner another one, which is published at once. */
    boolean makesVersion() {
      return refused.isEmpty() && control.orElseThrow().action().makesVersion();
    }

    /** The digest of the weights that were imported, if any were. */
    Optional<Digest> imported() {
      return did(Action.IMPORT) ? control.map(asked -> new Digest(asked.name())) : Optional.empty();
    }

    /** The version of another collection that was begun with or taken in, if one was. */
    Optional<ModelVersion> from() {
      return did(Action.FORK) || did(Action.MERGE)
          ? control.map(asked -> new ModelVersion(new CollectionName(asked.name()), asked.number()))
          : Optional.empty();
    }

    /** The document that was unlearned, if one was. */
    Optional<DocumentId> unlearned() {
      return did(Action.UNLEARN)
          ? control.map(asked -> new DocumentId(asked.name()))
          : Optional.empty();
    }
  }

  /**
   * The learner of another collection as it was after one of its rounds.
   *
   * @param partition of {@code examples} that the collection comes by
   * @param round its number
   */
  record Taken(int partition, long round) {
    Taken {
      if (partition < 0 || round < 1) {
        throw new IllegalArgumentException(
            "expected partition >= 0 and round >= 1, was %d and %d".formatted(partition, round));
      }
    }
  }

  /**
   * What it took to learn rounds again.
   *
   * @param rounds how many
   * @param millis how long it took
   */
  public record Relearned(int rounds, long millis) {
    public Relearned {
      if (rounds < 0 || millis < 0) {
        throw new IllegalArgumentException(
            "expected rounds and millis >= 0, was %d and %d".formatted(rounds, millis));
      }
    }
  }

  JournalRecord {
    requireNonNull(kind, "kind is null");
    requireNonNull(published, "published is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(notLearned, "notLearned is null");
    requireNonNull(order, "order is null");
    if ((kind == Kind.FORGET) != forgotten.isPresent()) {
      throw new IllegalArgumentException(
          "round %s: expected a forgotten document with kind forget only, was %s"
              .formatted(key, kind));
    }
    if ((kind == Kind.OBEY) != order.isPresent()) {
      throw new IllegalArgumentException(
          "round %s: expected an order with kind obey only, was %s".formatted(key, kind));
    }
    if (verdict.filter(Verdict::refused).isPresent() && published.isPresent()) {
      throw new IllegalArgumentException(
          "round %s: expected no version that is refused to be published".formatted(key));
    }
    if (key.round() < 1 || partition < 0 || from < 0 || to < from || examples < 0 || updates < 0) {
      throw new IllegalArgumentException(
          "round %s: expected a round from 1, partition, examples, updates >= 0 and 0 <= from <= to, was %d, %d, %d and [%d, %d)"
              .formatted(key, partition, examples, updates, from, to));
    }
  }

  /** A round that judges and forgets nothing. */
  JournalRecord(
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
    this(
        key,
        kind,
        partition,
        from,
        to,
        examples,
        seed,
        updates,
        published,
        Optional.empty(),
        NotLearned.NONE,
        order,
        Optional.empty());
  }

  /** What was not learned, and what was and is given up since a version was refused. */
  NotLearned givenUp() {
    return verdict.map(notLearned::plus).orElse(notLearned);
  }

  /** Whether it was spent on a learner from elsewhere: weights, or another collection's learner. */
  boolean needsAnother() {
    return did(Action.IMPORT) || did(Action.FORK) || did(Action.MERGE);
  }

  /** Whether the collection began anew with it. */
  boolean begins() {
    return order.filter(Order::begins).isPresent();
  }

  /** Whether that was done for an operator. */
  boolean did(Action action) {
    return order.isPresent() && order.get().did(action);
  }
}
