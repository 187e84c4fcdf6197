package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One collection while it is learned: its learner, how far it has come, and what waits for it.
 *
 * <p>Not thread-safe; owned by the rounds of its partition.
 */
final class LiveLineage implements AutoCloseable {
  /** How much the latest round counts in the time an example takes. */
  private static final double WEIGHT_OF_LATEST = 0.3;

  /** Examples that a manifest names; with the longest ids it stays below Kafka's megabyte. */
  private static final int MAX_UNPUBLISHED = 1_000;

  private Learning learning;
  private final Deque<Entry> waiting = new ArrayDeque<>();
  private Lineage lineage;
  private List<Checkpoint> checkpoints;
  private OptionalLong postponedFrom = OptionalLong.empty();
  private OptionalLong uncheckpointedFrom;
  private int roundsSinceCheckpoint;
  private int remembered;
  private int helpings;
  private long publishedAtMillis;
  private long latestRoundMillis;
  private double millisPerExample;

  /**
   * @param lineage how far it has come
   * @param learning its learner, closed with this
   * @param checkpoints those on Kafka, oldest first
   * @param uncheckpointedFrom offset in the journal of the first round after it, or some offset
   *     before that; empty when there is none
   * @param roundsSinceCheckpoint how many there are
   */
  LiveLineage(
      Lineage lineage,
      Learning learning,
      List<Checkpoint> checkpoints,
      OptionalLong uncheckpointedFrom,
      int roundsSinceCheckpoint) {
    this.lineage = requireNonNull(lineage, "lineage is null");
    this.learning = requireNonNull(learning, "learning is null");
    this.checkpoints = List.copyOf(checkpoints);
    this.uncheckpointedFrom = requireNonNull(uncheckpointedFrom, "uncheckpointedFrom is null");
    this.roundsSinceCheckpoint = roundsSinceCheckpoint;
  }

  /** A collection that nothing is known of. */
  static LiveLineage begin(Lineage lineage, Learning learning) {
    return new LiveLineage(lineage, learning, List.of(), OptionalLong.empty(), 0);
  }

  Lineage lineage() {
    return lineage;
  }

  Learning learning() {
    return learning;
  }

  /** Goes on with that learner, as it was earlier, instead of the one so far. */
  void goBack(Learning earlier) {
    learning.close();
    learning = earlier;
  }

  /** Those on Kafka, oldest first. */
  List<Checkpoint> checkpoints() {
    return checkpoints;
  }

  /** Lower bound of the journal offsets of the rounds that no checkpoint has. */
  OptionalLong uncheckpointedFrom() {
    return uncheckpointedFrom;
  }

  int roundsSinceCheckpoint() {
    return roundsSinceCheckpoint;
  }

  /** Takes what is to be learned or forgotten; while paused only its place is remembered. */
  void waits(Entry record) {
    if (lineage.orders().paused()) {
      postpone(record);
    } else if (waiting.isEmpty() || waiting.peekLast().offset() < record.offset()) {
      waiting.add(record);
      helpings = 0;
    }
  }

  private void postpone(Entry record) {
    if (postponedFrom.isEmpty()) {
      postponedFrom = OptionalLong.of(record.offset());
    }
  }

  /** From where on examples have to be read again, if they have, now that it is not paused. */
  OptionalLong takePostponed() {
    if (lineage.orders().paused()) {
      return OptionalLong.empty();
    }
    OptionalLong from = postponedFrom;
    postponedFrom = OptionalLong.empty();
    return from;
  }

  int waiting() {
    return waiting.size();
  }

  OptionalLong firstWaiting() {
    return waiting.isEmpty() ? postponedFrom : OptionalLong.of(waiting.peek().offset());
  }

  /** How many examples the next round takes: as many as were learned in its time lately. */
  int batchSize(LearnerSettings.Rounds rounds) {
    double fitting =
        millisPerExample == 0
            ? rounds.maxExamples()
            : rounds.maxTime().toMillis() / millisPerExample;
    return (int) Math.max(1, Math.min(rounds.maxExamples(), fitting));
  }

  /** Takes the first examples that wait, so many at most; what is to be forgotten ends them. */
  Batch takeBatch(int count) {
    List<ExampleRecord> run = new ArrayList<>();
    while (run.size() < count && waiting.peek() instanceof ExampleRecord example) {
      waiting.remove();
      run.add(example);
    }
    return Batch.of(run);
  }

  /** Takes the document that is to be forgotten next, if that comes before any example. */
  Optional<Entry.Forgotten> takeForgotten() {
    if (waiting.peek() instanceof Entry.Forgotten forgotten) {
      waiting.remove();
      return Optional.of(forgotten);
    }
    return Optional.empty();
  }

  void learned(int examples, Duration time) {
    double millis = (double) time.toMillis() / examples;
    millisPerExample =
        millisPerExample == 0
            ? millis
            : (1 - WEIGHT_OF_LATEST) * millisPerExample + WEIGHT_OF_LATEST * millis;
  }

  void helped() {
    helpings++;
  }

  boolean wantsHelping(LearnerSettings.Rehearsal rehearsal) {
    return rehearsal.enabled()
        && helpings < rehearsal.maxHelpings()
        && waiting.isEmpty()
        && !lineage.orders().paused()
        && learning.wantsRehearsal();
  }

  /**
   * When the next version may leave, in milliseconds since 1970, given what it would have that the
   * latest has not.
   *
   * @param newExamples whether examples are among it, not rehearsal alone
   */
  long publishFrom(LearnerSettings settings, boolean newExamples) {
    if (lineage.unpublished().size() >= MAX_UNPUBLISHED) {
      return 0;
    }
    boolean slow = !newExamples && wantsHelping(settings.rehearsal());
    Duration interval =
        slow ? settings.rehearsal().publishInterval() : settings.publishing().minInterval();
    return publishedAtMillis + interval.toMillis();
  }

  /** When a checkpoint is due although no more rounds come, in milliseconds since 1970. */
  OptionalLong checkpointFrom(LearnerSettings.Checkpoints checkpoints) {
    return roundsSinceCheckpoint == 0
        ? OptionalLong.empty()
        : OptionalLong.of(latestRoundMillis + checkpoints.whenIdleFor().toMillis());
  }

  /** Whether that is due, and nothing waits to be learned. */
  boolean isToBeSavedAtRest(LearnerSettings.Checkpoints checkpoints, long nowMillis) {
    OptionalLong due = checkpointFrom(checkpoints);
    return due.isPresent() && nowMillis >= due.getAsLong() && waiting.isEmpty();
  }

  int remembered() {
    return remembered;
  }

  /** Takes over what a committed step has brought about. */
  void committed(Step step, OptionalLong journalOffset, long nowMillis) {
    step.round()
        .ifPresent(
            round -> {
              lineage = round.after();
              if (lineage.orders().paused() && !waiting.isEmpty()) {
                // Memory is not for what may wait for days; it is read again.
                postpone(waiting.peek());
                waiting.clear();
              }
              remembered = round.remembered();
              latestRoundMillis = nowMillis;
              roundsSinceCheckpoint++;
              if (uncheckpointedFrom.isEmpty()) {
                uncheckpointedFrom = journalOffset;
              }
              if (round.manifest().isPresent()) {
                publishedAtMillis = nowMillis;
              }
            });
    step.checkpoint()
        .ifPresent(
            written -> {
              checkpoints = Checkpoint.needed(checkpoints, written);
              // The checkpoint that says that a collection exists leaves its first round to do
              // again.
              if (written.round().round() == lineage.counters().rounds()) {
                roundsSinceCheckpoint = 0;
                uncheckpointedFrom = OptionalLong.empty();
              }
            });
  }

  @Override
  public void close() {
    learning.close();
  }
}
