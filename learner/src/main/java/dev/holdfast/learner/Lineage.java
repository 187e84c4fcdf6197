package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.version.Counters;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a collection has come: all that its rounds know beside the state of the learner itself. A
 * journal record leads from one to the next, when a round is done and when it is done again.
 *
 * @param collection whose
 * @param nextOffset one past the last example of the collection that has been seen to
 * @param counters of all rounds so far
 * @param version number of the latest version, 0 before the first
 * @param parent number of the version that the next one has learned on from: the latest, or the one
 *     that was rolled back to
 * @param kept the versions that are still on Kafka, oldest first
 * @param unpublished examples that were learned since the parent
 * @param leftOut documents that were seen to since then and not learned, or not for good
 * @param publishedUpdates updates of all rounds up to the parent, given up ones among them
 * @param orders what operators have asked
 */
record Lineage(
    CollectionName collection,
    long nextOffset,
    Counters counters,
    long version,
    long parent,
    List<Kept> kept,
    List<LearnedExample> unpublished,
    List<DocumentId> leftOut,
    long publishedUpdates,
    Orders orders) {

  /**
   * A version that is on Kafka.
   *
   * @param version its number
   * @param parts how many chunks it has
   * @param round that published it; 0 when that is not known
   */
  record Kept(long version, int parts, long round) {}

  Lineage {
    requireNonNull(collection, "collection is null");
    requireNonNull(counters, "counters is null");
    requireNonNull(orders, "orders is null");
    kept = List.copyOf(kept);
    unpublished = List.copyOf(unpublished);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * A collection before its first round.
   *
   * @param kept versions that are on Kafka although nothing is known of their rounds, oldest first:
   *     numbers go on from there
   */
  static Lineage begin(CollectionName collection, List<Kept> kept) {
    long version = kept.isEmpty() ? 0 : kept.get(kept.size() - 1).version();
    return new Lineage(
        collection, 0, Counters.ZERO, version, version, kept, List.of(), List.of(), 0, Orders.NONE);
  }

  /** Whether there is anything that the latest version does not have. */
  boolean hasUnpublished() {
    return counters.updates() > publishedUpdates || !leftOut.isEmpty();
  }

  /** Whether examples are among it, not rehearsal alone. */
  boolean hasUnpublishedExamples() {
    return !unpublished.isEmpty() || !leftOut.isEmpty();
  }

  /** The key of the next round. */
  RoundKey nextRound() {
    return new RoundKey(collection, counters.rounds() + 1);
  }

  /** The name of the next version. */
  ModelVersion nextVersion() {
    return new ModelVersion(collection, version + 1);
  }

  /** The number of the oldest version that is kept when one more comes and {@code count} stay. */
  long oldestKept(int count) {
    int gone = kept.size() + 1 - count;
    if (gone <= 0) {
      return kept.isEmpty() ? version + 1 : kept.get(0).version();
    }
    return gone < kept.size() ? kept.get(gone).version() : version + 1;
  }

  /**
   * After one more round.
   *
   * @param learned what it learned
   * @throws IllegalStateException when it is not the next one
   */
  Lineage after(JournalRecord round, List<LearnedExample> learned) {
    if (!round.key().equals(nextRound())) {
      throw new IllegalStateException(
          "expected round %s, was %s".formatted(nextRound(), round.key()));
    }
    Counters next =
        new Counters(
            round.key().round(),
            counters.examples() + round.examples(),
            counters.updates() + round.updates());
    long offset = Math.max(nextOffset, round.to());
    List<LearnedExample> all = new ArrayList<>(unpublished);
    all.addAll(learned);
    List<LearnedExample> since = round.givenUp().without(all);
    List<DocumentId> left = new ArrayList<>(leftOut);
    left.addAll(round.givenUp().documents());
    Lineage then =
        round
            .order()
            .map(order -> after(order, next, offset))
            .orElseGet(
                () ->
                    new Lineage(
                        collection,
                        offset,
                        next,
                        version,
                        parent,
                        kept,
                        since,
                        left,
                        publishedUpdates,
                        orders));
    return round.published().map(published -> then.after(published)).orElse(then);
  }

  private Lineage after(Published published) {
    long number = published.version();
    List<Kept> stay = new ArrayList<>(kept);
    stay.removeIf(
        old -> old.version() < published.oldestKept() && old.version() != orders.pinned());
    stay.add(new Kept(number, published.parts(), counters.rounds()));
    return new Lineage(
        collection,
        nextOffset,
        counters,
        number,
        number,
        stay,
        List.of(),
        List.of(),
        counters.updates(),
        orders);
  }

  private Lineage after(Order order, Counters next, long offset) {
    boolean unlearns = order.unlearned().isPresent();
    boolean stains =
        unlearns && kept(orders.pinned()).filter(old -> !isClean(old, order.backTo())).isPresent();
    Orders then = orders.after(order, stains);
    if (order.did(Action.ROLLBACK)) {
      long back = order.control().orElseThrow().number();
      return new Lineage(
          collection,
          offset,
          next,
          version,
          back,
          kept,
          List.of(),
          List.of(),
          next.updates(),
          then);
    }
    if (order.begins()) {
      return new Lineage(
          collection, offset, next, version, 0, kept, List.of(), List.of(), next.updates(), then);
    }
    List<Kept> stay = kept;
    List<LearnedExample> learned = unpublished;
    if (unlearns) {
      DocumentId document = order.unlearned().get();
      learned = unpublished.stream().filter(one -> !one.document().equals(document)).toList();
      stay =
          kept.stream()
              .filter(old -> isClean(old, order.backTo()) || old.version() == then.pinned())
              .toList();
    } else if (order.did(Action.PRUNE)) {
      long newest = Math.max(0, kept.size() - order.control().orElseThrow().number());
      List<Kept> gone =
          kept.subList(0, (int) newest).stream().filter(old -> !isInUse(old)).toList();
      stay = new ArrayList<>(kept);
      stay.removeAll(gone);
    } else if (orders.stained() && then.pinned() != orders.pinned()) {
      stay = kept.stream().filter(old -> old.version() != orders.pinned()).toList();
    }
    return new Lineage(
        collection, offset, next, version, parent, stay, learned, leftOut, publishedUpdates, then);
  }

  /** Whether a version has learned nothing after that round. */
  private static boolean isClean(Kept version, long round) {
    return version.round() > 0 && version.round() <= round;
  }

  private boolean isInUse(Kept version) {
    return version.version() == orders.pinned() || version.version() == parent;
  }

  /** Whether what is asked is about a version that is not there to do it with. */
  boolean lacks(Control control) {
    Optional<Kept> version = kept(control.number());
    return (control.action() == Action.PIN && version.isEmpty())
        || (control.action() == Action.ROLLBACK && version.filter(this::leads).isEmpty());
  }

  /** Whether learning may go on from a version. */
  private boolean leads(Kept version) {
    return version.round() > 0 && !(orders.stained() && version.version() == orders.pinned());
  }

  /** Whether it has learned anything, or has a version. */
  boolean hasBegun() {
    return version > 0 || counters.examples() > 0;
  }

  /** That version, if it is kept. */
  Optional<Kept> kept(long number) {
    return kept.stream().filter(old -> old.version() == number).findFirst();
  }

  /** The versions that are kept here and not there. */
  List<Kept> keptUnlike(Lineage other) {
    return kept.stream().filter(old -> !other.kept.contains(old)).toList();
  }
}
