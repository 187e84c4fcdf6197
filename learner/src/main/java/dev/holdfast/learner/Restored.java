package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import java.util.List;
import java.util.Map;

/**
 * What the log says of one partition of {@code examples}.
 *
 * @param lineages its collections as far as their rounds have come
 * @param journalEnd lower bound of the offset of the next journal record
 * @param orphans versions that are on Kafka although their journal is gone, oldest first, by
 *     collection; numbers of collections that begin anew go on from there
 */
record Restored(
    Map<CollectionName, LiveLineage> lineages,
    long journalEnd,
    Map<CollectionName, List<Lineage.Kept>> orphans) {

  /** Whether there has been no round yet, so that all examples have to be read. */
  boolean isNew() {
    return lineages.isEmpty();
  }
}
