package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/**
 * Which journalled rounds a {@link Replay} does again.
 *
 * @param partition of {@code examples}
 * @param whose rounds
 * @param last number of the last round
 * @param checkpoints after which rounds a checkpoint may be begun with, of which the newest is;
 *     otherwise with nothing
 * @param without a document that is left out
 * @param watched rounds whose versions' digests are wanted, if the replay begins with nothing
 */
record ReplayScope(
    int partition,
    Predicate<CollectionName> whose,
    long last,
    Optional<LongPredicate> checkpoints,
    Optional<DocumentId> without,
    Set<Long> watched) {
  /** All rounds of all collections of a partition. */
  static ReplayScope all(int partition) {
    return new ReplayScope(
        partition,
        collection -> true,
        Long.MAX_VALUE,
        Optional.of(round -> true),
        Optional.empty(),
        Set.of());
  }

  /** One collection up to a round, from the newest checkpoint before it. */
  static ReplayScope upTo(int partition, RoundKey last) {
    return new ReplayScope(
        partition,
        last.collection()::equals,
        last.round(),
        Optional.of(round -> true),
        Optional.empty(),
        Set.of());
  }

  /** One collection up to a round, from nothing. */
  static ReplayScope fromNothing(int partition, RoundKey last) {
    return fromNothing(partition, last, Set.of());
  }

  /** One collection up to a round, from nothing, with an eye on some versions on the way. */
  static ReplayScope fromNothing(int partition, RoundKey last, Set<Long> watched) {
    return new ReplayScope(
        partition,
        last.collection()::equals,
        last.round(),
        Optional.empty(),
        Optional.empty(),
        watched);
  }

  /** One collection up to a round, as if it had never learned a document. */
  static ReplayScope without(
      int partition, RoundKey last, DocumentId document, LongPredicate checkpoints) {
    return new ReplayScope(
        partition,
        last.collection()::equals,
        last.round(),
        Optional.of(checkpoints),
        Optional.of(document),
        Set.of());
  }

  /** Whether the replay may begin with a checkpoint. */
  boolean wants(RoundKey checkpoint) {
    return whose.test(checkpoint.collection())
        && checkpoint.round() <= last
        && checkpoints.orElseThrow().test(checkpoint.round());
  }
}
