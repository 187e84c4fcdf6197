package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.BadChunks;
import dev.holdfast.version.Chunks;
import dev.holdfast.wire.BadInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers the newest complete checkpoint of each collection from the records of {@code
 * learner.state} in their order, and the heads of those that are there beside it. What is
 * incomplete or damaged is left aside.
 *
 * <p>Not thread-safe.
 */
final class CheckpointReader {
  private static final Logger log = LoggerFactory.getLogger(CheckpointReader.class);

  private final LearnerMeasurements measurements;
  private final Predicate<RoundKey> wanted;
  private final Map<CollectionName, Unfinished> unfinished = new HashMap<>();
  private final Map<CollectionName, Saved> newest = new TreeMap<>();
  private final Map<CollectionName, NavigableMap<Long, Checkpoint>> heads = new HashMap<>();
  private boolean damaged;
  private long journalFrom;

  private record Unfinished(RoundKey round, Chunks chunks) {}

  /** A complete checkpoint. */
  static final class Saved {
    private final Checkpoint checkpoint;
    private final Chunks state;

    private Saved(Checkpoint checkpoint, Chunks state) {
      this.checkpoint = checkpoint;
      this.state = state;
    }

    Checkpoint checkpoint() {
      return checkpoint;
    }

    /**
     * The learner as it was then.
     *
     * @throws IOException when it is no learner of this configuration
     */
    Learning learner(Learning.Source learners) throws IOException {
      return checkpoint.parts() == 0
          ? learners.begin()
          : learners.restore(new DataInputStream(new BufferedInputStream(state.open())));
    }
  }

  /** A reader of all checkpoints. */
  CheckpointReader(LearnerMeasurements measurements) {
    this(measurements, round -> true);
  }

  /**
   * @param wanted after which rounds a checkpoint counts
   */
  CheckpointReader(LearnerMeasurements measurements, Predicate<RoundKey> wanted) {
    this.measurements = measurements;
    this.wanted = wanted;
  }

  /**
   * Takes the next record.
   *
   * @param value null for a tombstone
   */
  void accept(CheckpointKey key, byte[] value) {
    CollectionName collection = key.round().collection();
    if (value == null) {
      if (key.isHead() && heads.containsKey(collection)) {
        heads.get(collection).remove(key.round().round());
      }
      return;
    }
    if (!wanted.test(key.round())) {
      return;
    }
    Unfinished open = unfinished.get(collection);
    if (open == null || !open.round().equals(key.round())) {
      open = new Unfinished(key.round(), new Chunks());
      unfinished.put(collection, open);
    }
    if (key.isHead()) {
      unfinished.remove(collection);
      finish(key.round(), value, open.chunks());
    } else {
      open.chunks().put(key.part().getAsInt(), value);
    }
  }

  private void finish(RoundKey round, byte[] value, Chunks chunks) {
    try {
      Checkpoint checkpoint = CheckpointJson.read(value);
      chunks.check(checkpoint.parts(), checkpoint.bytes(), checkpoint.digest());
      if (checkpoint.parts() == 0 && round.round() > 0) {
        throw new BadChunks("the state of a learner after its first round", "none");
      }
      newest.put(round.collection(), new Saved(checkpoint, chunks));
      heads
          .computeIfAbsent(round.collection(), collection -> new TreeMap<>())
          .put(round.round(), checkpoint);
      journalFrom = Math.max(journalFrom, checkpoint.journalFrom());
    } catch (BadChunks | BadInput e) {
      unusable(round, e);
    }
  }

  /**
   * Says that a checkpoint turned out to be of no use: its collection is done again from its first
   * round.
   */
  void unusable(RoundKey round, Exception reason) {
    log.warn("checkpoint {} cannot be used: {}", round, reason.getMessage());
    measurements.unusableCheckpoint();
    newest.remove(round.collection());
    heads.remove(round.collection());
    damaged = true;
  }

  /** The newest complete checkpoints. */
  Map<CollectionName, Saved> newest() {
    return Map.copyOf(newest);
  }

  /** All complete checkpoints of a collection that are not erased, oldest first. */
  List<Checkpoint> all(CollectionName collection) {
    return List.copyOf(heads.getOrDefault(collection, new TreeMap<>()).values());
  }

  /** From which offset on the journal has to be read. */
  long journalFrom() {
    return damaged ? 0 : journalFrom;
  }
}
