package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The collections of one partition of {@code examples}, which take turns, and what follows from all
 * of them together: up to which offset everything is seen to, and from which one the journal still
 * matters.
 *
 * <p>Not thread-safe.
 */
final class PartitionLineages implements AutoCloseable {
  private final Learning.Source learners;
  private final Map<CollectionName, List<Lineage.Kept>> orphans;
  private final Map<CollectionName, LiveLineage> lineages;

  /** The same lineages; who had a turn goes to the end. */
  private final Deque<LiveLineage> turns;

  /**
   * @param restored what earlier rounds have done
   * @param learners where those of new collections come from
   */
  PartitionLineages(Restored restored, Learning.Source learners) {
    this.learners = learners;
    orphans = restored.orphans();
    lineages = new LinkedHashMap<>(restored.lineages());
    turns = new ArrayDeque<>(lineages.values());
  }

  /** That collection, if it has begun. */
  Optional<LiveLineage> find(CollectionName collection) {
    return Optional.ofNullable(lineages.get(collection));
  }

  /** Begins a collection; it has the next turn. */
  LiveLineage begin(CollectionName collection) {
    LiveLineage lineage =
        LiveLineage.begin(
            Lineage.begin(collection, orphans.getOrDefault(collection, List.of())),
            learners.begin());
    lineages.put(collection, lineage);
    turns.addFirst(lineage);
    return lineage;
  }

  /** The next one of which that is so, which has had its turn then. */
  Optional<LiveLineage> turn(Predicate<LiveLineage> wanted) {
    Optional<LiveLineage> next = turns.stream().filter(wanted).findFirst();
    next.ifPresent(
        lineage -> {
          turns.remove(lineage);
          turns.addLast(lineage);
        });
    return next;
  }

  Stream<LiveLineage> stream() {
    return lineages.values().stream();
  }

  /** How many there are. */
  int size() {
    return lineages.size();
  }

  /** How many examples wait. */
  int waiting() {
    return stream().mapToInt(LiveLineage::waiting).sum();
  }

  /** The lowest offset of what waits, if anything does. */
  OptionalLong firstWaiting() {
    return least(stream().map(LiveLineage::firstWaiting));
  }

  /** From where on the journal matters to those that are not that one, if it does. */
  OptionalLong uncheckpointedFrom(LiveLineage but) {
    return least(stream().filter(lineage -> lineage != but).map(LiveLineage::uncheckpointedFrom));
  }

  /** From where on examples have to be read again that came while their collection was paused. */
  OptionalLong takePostponed() {
    return least(stream().map(LiveLineage::takePostponed));
  }

  private static OptionalLong least(Stream<OptionalLong> offsets) {
    return offsets.flatMapToLong(OptionalLong::stream).min();
  }

  @Override
  public void close() {
    lineages.values().forEach(LiveLineage::close);
  }
}
