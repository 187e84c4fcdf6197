package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the learner has failed on. Of a batch that fails each example is tried alone; one that fails
 * alone is condemned: it is put aside, and the others are learned without it. A collection whose
 * rehearsal fails does not rehearse until it learns again.
 *
 * <p>Not journalled: a learner that starts anew finds them again. Not thread-safe.
 */
final class Suspects {
  private final int maxInARow;
  private final Map<CollectionName, Long> carefulBelow = new HashMap<>();
  private final Map<CollectionName, Condemned> condemned = new HashMap<>();
  private final Map<CollectionName, Integer> inARow = new HashMap<>();
  private final Set<CollectionName> tired = new HashSet<>();

  /**
   * An example that fails alone.
   *
   * @param offset of it
   * @param cause class of the exception, without its text
   */
  record Condemned(long offset, String cause) {}

  /** A round that the learner threw in, whose state is of no use any more. */
  static final class FailedRound extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient CollectionName collection;
    private final transient Batch batch;

    FailedRound(CollectionName collection, Batch batch, RuntimeException cause) {
      super(
          "collection %s: a round of %d examples failed"
              .formatted(collection, batch.records().size()),
          cause);
      this.collection = collection;
      this.batch = batch;
    }
  }

  /**
   * @param maxInARow examples of a collection that may be condemned one after the other: more are
   *     no fault of theirs
   */
  Suspects(int maxInARow) {
    this.maxInARow = maxInARow;
  }

  /**
   * Takes a round that failed.
   *
   * @throws FailedRound when too many have
   */
  void add(FailedRound failed) {
    int examples = failed.batch.records().size();
    if (examples == 0) {
      tired.add(failed.collection);
    } else if (examples > 1) {
      carefulBelow.merge(failed.collection, failed.batch.to(), Math::max);
    } else if (inARow.merge(failed.collection, 1, Integer::sum) > maxInARow) {
      throw failed;
    } else {
      condemned.put(
          failed.collection,
          new Condemned(
              failed.batch.records().get(0).offset(),
              failed.getCause().getClass().getSimpleName()));
    }
  }

  /** A round of that collection was learned. */
  void learned(CollectionName collection) {
    tired.remove(collection);
    inARow.remove(collection);
  }

  /** Whether examples from that offset on are to be tried one by one. */
  boolean careful(CollectionName collection, long offset) {
    return offset < carefulBelow.getOrDefault(collection, 0L) || condemned.containsKey(collection);
  }

  /** Why that example is to be put aside, if it is. */
  Optional<String> condemned(CollectionName collection, long offset) {
    return Optional.ofNullable(condemned.get(collection))
        .filter(example -> example.offset() == offset)
        .map(Condemned::cause);
  }

  /** That example was put aside. */
  void released(CollectionName collection) {
    condemned.remove(collection);
  }

  /** Whether that collection is not to rehearse. */
  boolean isTired(CollectionName collection) {
    return tired.contains(collection);
  }
}
