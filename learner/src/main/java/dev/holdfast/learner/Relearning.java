package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Does the journalled rounds of one collection again, up to its last or to an earlier one. Rounds
 * that a rollback has given up are passed over: the learner never sees them.
 *
 * <p>Not thread-safe.
 */
final class Relearning implements AutoCloseable {
  private final RelearnedLineage again;
  private final List<Checkpoint> checkpoints;
  private final long last;
  private final LearnerMeasurements measurements;
  private final Deque<JournalRecord> rounds = new ArrayDeque<>();
  private final Deque<ExampleRecord> examples = new ArrayDeque<>();
  private OptionalLong firstRoundAt = OptionalLong.empty();
  private RoundPath path = RoundPath.of(List.of(), Optional.empty());

  private Relearning(
      Lineage lineage,
      Learning learning,
      List<Checkpoint> checkpoints,
      long last,
      Set<Long> watched,
      LearnerMeasurements measurements) {
    again = new RelearnedLineage(lineage, learning, watched, measurements);
    this.checkpoints = checkpoints;
    this.last = last;
    this.measurements = measurements;
  }

  /**
   * From a checkpoint on.
   *
   * @param checkpoints all that are on Kafka, oldest first
   * @param last number of the last round to do again, if it is there
   */
  static Relearning from(
      Checkpoint checkpoint,
      Learning learning,
      List<Checkpoint> checkpoints,
      long last,
      LearnerMeasurements measurements) {
    return new Relearning(
        checkpoint.lineage(), learning, checkpoints, last, Set.of(), measurements);
  }

  /**
   * From the first round on.
   *
   * @param scope that says up to which round, and which versions are watched
   */
  static Relearning fromNothing(
      CollectionName collection,
      Learning.Source learners,
      ReplayScope scope,
      LearnerMeasurements measurements) {
    return new Relearning(
        Lineage.begin(collection, List.of()),
        learners.begin(),
        List.of(),
        scope.last(),
        scope.watched(),
        measurements);
  }

  /** Takes the next journal record; those that the checkpoint has fall away. */
  void journalled(JournalRecord round, long offset) {
    long number = round.key().round();
    if (number <= again.lineage().counters().rounds()) {
      return;
    }
    if (round.kind() == Kind.FORGET) {
      again.forgets(round);
    }
    if (number > last) {
      return;
    }
    if (firstRoundAt.isEmpty()) {
      firstRoundAt = OptionalLong.of(offset);
    }
    rounds.add(round);
  }

  /**
   * All rounds are there: finds those that lead to the last one.
   *
   * @param without a document that all of them are to leave out
   */
  void ready(Optional<DocumentId> without) {
    path = RoundPath.of(List.copyOf(rounds), without);
  }

  /** The rounds that lead to the last one and were spent on a learner from elsewhere. */
  List<JournalRecord> needAnother() {
    return path.needAnother();
  }

  /** Takes the learner that one of those was spent on, which closes with this. */
  void another(JournalRecord round, Learning other) {
    again.another(round, other);
  }

  /** From which offset on examples are needed, if any are. */
  OptionalLong examplesFrom() {
    return rounds.stream()
        .filter(round -> round.kind() == Kind.LEARN)
        .mapToLong(JournalRecord::from)
        .min();
  }

  /** One past the last example that is needed, 0 when none is. */
  long examplesTo() {
    return rounds.stream().mapToLong(JournalRecord::to).max().orElse(0);
  }

  /** Takes the next example of the collection; one from before its next round falls away. */
  void take(ExampleRecord example, BooleanSupplier closing) {
    // Other collections of the partition may need examples from long before this one does.
    if (rounds.isEmpty() || example.offset() < rounds.peek().from() || !example.teaches()) {
      return;
    }
    examples.add(example);
    while (!rounds.isEmpty() && example.offset() + 1 >= rounds.peek().to()) {
      next(closing);
    }
  }

  /** Does the rounds that need no examples, up to the first that does. */
  void advance(BooleanSupplier closing) {
    while (!rounds.isEmpty() && rounds.peek().kind() != Kind.LEARN) {
      next(closing);
    }
  }

  /** Does all that are left: no more examples come. */
  void end(BooleanSupplier closing) {
    while (!rounds.isEmpty()) {
      next(closing);
    }
  }

  private void next(BooleanSupplier closing) {
    if (closing.getAsBoolean()) {
      throw new WakeupException();
    }
    JournalRecord round = rounds.remove();
    List<ExampleRecord> run = new ArrayList<>();
    while (!examples.isEmpty() && examples.peek().offset() < round.to()) {
      ExampleRecord example = examples.remove();
      if (example.offset() >= round.from()) {
        run.add(example);
      }
    }
    Set<DocumentId> without = path.without(round.key().round());
    run.removeIf(example -> without.contains(example.example().document().id()));
    boolean aside = run.isEmpty() || round.kind() == Kind.QUARANTINE;
    Batch batch = aside ? Batch.none(round.to()) : Batch.of(run);
    again.redo(round, batch, path);
  }

  /** See {@link RelearnedLineage#digests}. */
  Map<ModelVersion, Digest> digests() {
    return again.digests();
  }

  /** How many rounds were done. */
  int rounds() {
    return again.rounds();
  }

  /** The collection as it is after all rounds. */
  LiveLineage restored() {
    measurements.state(again.lineage(), again.remembered());
    return new LiveLineage(
        again.lineage(), again.learning(), checkpoints, firstRoundAt, again.rounds());
  }

  /** The learner as it is after the last round, which closes with this. */
  Learning learning() {
    return again.learning();
  }

  /**
   * The learner as it is after the last round, but for the documents that were forgotten in rounds
   * after it; closes with this.
   */
  Learning learningWithoutForgotten() {
    again.forgetSince(last, Long.MAX_VALUE);
    return again.learning();
  }

  /** How far the collection was after the last round. */
  Lineage lineage() {
    return again.lineage();
  }

  @Override
  public void close() {
    again.close();
  }
}
