package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.Counters;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.ModelVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a collection has come: all that its rounds know beside the state of the learner itself. A
 * journal record leads from one to the next, when a round is done and when it is done again.
 *
 * @param collection whose
 * @param nextOffset one past the last example of the collection that has been seen to
 * @param counters of all rounds so far
 * @param version number of the latest version, 0 before the first
 * @param kept the versions that are still on Kafka, oldest first
 * @param unpublished examples that were learned since the latest version
 * @param publishedUpdates updates that the latest version has
 */
record Lineage(
    CollectionName collection,
    long nextOffset,
    Counters counters,
    long version,
    List<Kept> kept,
    List<LearnedExample> unpublished,
    long publishedUpdates) {

  /**
   * A version that is on Kafka.
   *
   * @param version its number
   * @param parts how many chunks it has
   */
  record Kept(long version, int parts) {}

  Lineage {
    requireNonNull(collection, "collection is null");
    requireNonNull(counters, "counters is null");
    kept = List.copyOf(kept);
    unpublished = List.copyOf(unpublished);
  }

  /**
   * A collection before its first round.
   *
   * @param kept versions that are on Kafka although nothing is known of their rounds, oldest first:
   *     numbers go on from there
   */
  static Lineage begin(CollectionName collection, List<Kept> kept) {
    long version = kept.isEmpty() ? 0 : kept.get(kept.size() - 1).version();
    return new Lineage(collection, 0, Counters.ZERO, version, kept, List.of(), 0);
  }

  /** Whether there is anything that the latest version does not have. */
  boolean hasUnpublished() {
    return counters.updates() > publishedUpdates;
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
    List<LearnedExample> all = new ArrayList<>(unpublished);
    all.addAll(learned);
    long offset = Math.max(nextOffset, round.to());
    JournalRecord.Published published = round.published().orElse(null);
    if (published == null) {
      return new Lineage(collection, offset, next, version, kept, all, publishedUpdates);
    }
    List<Kept> stay = new ArrayList<>(kept);
    stay.removeIf(old -> old.version() < published.oldestKept());
    stay.add(new Kept(published.version(), published.parts()));
    return new Lineage(
        collection, offset, next, published.version(), stay, List.of(), next.updates());
  }
}
