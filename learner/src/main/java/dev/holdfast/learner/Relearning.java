package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.ModelParts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the journalled rounds of one collection again.
 *
 * <p>A round that comes out differently – other examples in the log, another number of updates,
 * other weights at the latest version – is reported once; the state that was reached then goes on
 * as it is, since the versions on Kafka are what is served, and the next one will have it.
 *
 * <p>Not thread-safe.
 */
final class Relearning implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relearning.class);

  private final Learning learning;
  private final Optional<Checkpoint> checkpoint;
  private final LearnerMeasurements measurements;
  private final Deque<JournalRecord> rounds = new ArrayDeque<>();
  private final Deque<ExampleRecord> examples = new ArrayDeque<>();
  private Lineage lineage;
  private OptionalLong firstRoundAt = OptionalLong.empty();
  private long latestPublished = -1;
  private int done;
  private int remembered;
  private boolean differs;

  private Relearning(
      Lineage lineage,
      Learning learning,
      Optional<Checkpoint> checkpoint,
      LearnerMeasurements measurements) {
    this.lineage = lineage;
    this.learning = learning;
    this.checkpoint = checkpoint;
    this.measurements = measurements;
  }

  /** From a checkpoint on. */
  static Relearning from(
      Checkpoint checkpoint, Learning learning, LearnerMeasurements measurements) {
    return new Relearning(checkpoint.lineage(), learning, Optional.of(checkpoint), measurements);
  }

  /** From the first round on. */
  static Relearning fromNothing(
      CollectionName collection, Learning.Source learners, LearnerMeasurements measurements) {
    return new Relearning(
        Lineage.begin(collection, List.of()), learners.begin(), Optional.empty(), measurements);
  }

  /** Takes the next journal record; those that the checkpoint has fall away. */
  void journalled(JournalRecord round, long offset) {
    if (round.key().round() <= lineage.counters().rounds()) {
      return;
    }
    if (firstRoundAt.isEmpty()) {
      firstRoundAt = OptionalLong.of(offset);
    }
    if (round.published().isPresent()) {
      latestPublished = round.key().round();
    }
    rounds.add(round);
  }

  /** From which offset on examples are needed, if any are. */
  OptionalLong examplesFrom() {
    return rounds.stream()
        .filter(round -> round.kind() == JournalRecord.Kind.LEARN)
        .mapToLong(JournalRecord::from)
        .min();
  }

  /** One past the last example that is needed, 0 when none is. */
  long examplesTo() {
    return rounds.stream().mapToLong(JournalRecord::to).max().orElse(0);
  }

  /** Takes the next example of the collection. */
  void take(ExampleRecord example, BooleanSupplier closing) {
    if (rounds.isEmpty() || !example.teaches()) {
      return;
    }
    examples.add(example);
    while (!rounds.isEmpty() && example.offset() + 1 >= rounds.peek().to()) {
      next(closing);
    }
  }

  /** Does the rounds that need no examples, up to the first that does. */
  void advance(BooleanSupplier closing) {
    while (!rounds.isEmpty() && rounds.peek().kind() != JournalRecord.Kind.LEARN) {
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
    Batch batch = run.isEmpty() ? Batch.none(round.to()) : Batch.of(run);
    check(round, "examples", round.examples(), batch.records().size());
    Learning.Outcome outcome = learn(round, batch);
    check(round, "updates", round.updates(), outcome.updates());
    lineage = lineage.after(round, batch.learned());
    done++;
    if (round.key().round() == latestPublished) {
      check(
          round,
          "weights",
          round.published().orElseThrow().digest(),
          ModelParts.split(learning.weights()).content().digest());
    }
  }

  private Learning.Outcome learn(JournalRecord round, Batch batch) {
    boolean nothing =
        round.kind() == JournalRecord.Kind.PUBLISH
            || (round.kind() == JournalRecord.Kind.LEARN && batch.records().isEmpty());
    if (nothing) {
      return Learning.Outcome.NOTHING;
    }
    Learning.Outcome outcome = learning.learn(batch.examples(), round.seed());
    remembered = outcome.remembered();
    return outcome;
  }

  private void check(JournalRecord round, String what, Object expected, Object found) {
    if (!differs && !expected.equals(found)) {
      differs = true;
      measurements.mismatch();
      log.warn(
          "round {} came out differently when it was done again: expected {} {}, found {}",
          round.key(),
          what,
          expected,
          found);
    }
  }

  /** How many rounds were done. */
  int rounds() {
    return done;
  }

  /** The collection as it is after all rounds. */
  LiveLineage restored() {
    measurements.state(lineage, remembered);
    return new LiveLineage(lineage, learning, checkpoint, firstRoundAt, done);
  }

  @Override
  public void close() {
    learning.close();
  }
}
