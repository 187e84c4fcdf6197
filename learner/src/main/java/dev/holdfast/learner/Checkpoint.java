package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.version.Digest;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The head of a checkpoint: what there is to know of a collection after a round, beside the state
 * of its learner, which the chunks hold. The checkpoint of round 0 has no chunks; it says that a
 * collection exists.
 *
 * @param lineage after the round
 * @param journalFrom offset in the journal's partition below which no round matters any more to any
 *     collection of that partition, given all checkpoints up to this one
 * @param digest of all bytes of the chunks
 * @param parts how many chunks
 * @param bytes of all of them together
 */
record Checkpoint(Lineage lineage, long journalFrom, Digest digest, int parts, long bytes) {
  Checkpoint {
    requireNonNull(lineage, "lineage is null");
    requireNonNull(digest, "digest is null");
    if (journalFrom < 0 || parts < 0 || bytes < 0) {
      throw new IllegalArgumentException(
          "expected journalFrom, parts, bytes >= 0, was %d, %d and %d"
              .formatted(journalFrom, parts, bytes));
    }
  }

  /** After which round it was taken. */
  RoundKey round() {
    return new RoundKey(lineage.collection(), lineage.counters().rounds());
  }

  /**
   * Which checkpoints are needed when one more has come: that one, to go on from, and for each
   * version that is kept the newest one before it, to go back to it.
   *
   * @param before oldest first
   */
  static List<Checkpoint> needed(List<Checkpoint> before, Checkpoint latest) {
    NavigableMap<Long, Checkpoint> all = new TreeMap<>();
    before.forEach(checkpoint -> all.put(checkpoint.round().round(), checkpoint));
    all.put(latest.round().round(), latest);
    NavigableMap<Long, Checkpoint> needed = new TreeMap<>(all.tailMap(all.lastKey(), true));
    for (Lineage.Kept kept : latest.lineage().kept()) {
      Map.Entry<Long, Checkpoint> floor = all.floorEntry(kept.round());
      if (floor != null) {
        needed.put(floor.getKey(), floor.getValue());
      }
    }
    return List.copyOf(needed.values());
  }
}
