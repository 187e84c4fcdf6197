package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelParts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the journalled rounds of one collection again, up to its last or to an earlier one. Rounds
 * that a rollback has given up are passed over: the learner never sees them.
 *
 * <p>A round that comes out differently – other examples in the log, another number of updates,
 * other weights at the latest version – is reported once; the state that was reached then goes on
 * as it is, since the versions on Kafka are what is served, and the next one will have it.
 *
 * <p>Not thread-safe.
 */
final class Relearning implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Relearning.class);

  private Learning learning;
  private Optional<Learning> imported = Optional.empty();
  private final List<Checkpoint> checkpoints;
  private final long last;
  private final LearnerMeasurements measurements;
  private final Deque<JournalRecord> rounds = new ArrayDeque<>();
  private final Deque<ExampleRecord> examples = new ArrayDeque<>();
  private Lineage lineage;
  private OptionalLong firstRoundAt = OptionalLong.empty();
  private final List<JournalRecord> forgotten = new ArrayList<>();
  private RoundPath path = RoundPath.of(List.of(), Optional.empty());
  private int done;
  private int remembered;
  private boolean differs;

  private Relearning(
      Lineage lineage,
      Learning learning,
      List<Checkpoint> checkpoints,
      long last,
      LearnerMeasurements measurements) {
    this.lineage = lineage;
    this.learning = learning;
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
    return new Relearning(checkpoint.lineage(), learning, checkpoints, last, measurements);
  }

  /** From the first round on. */
  static Relearning fromNothing(
      CollectionName collection,
      Learning.Source learners,
      long last,
      LearnerMeasurements measurements) {
    return new Relearning(
        Lineage.begin(collection, List.of()), learners.begin(), List.of(), last, measurements);
  }

  /** Takes the next journal record; those that the checkpoint has fall away. */
  void journalled(JournalRecord round, long offset) {
    long number = round.key().round();
    if (number <= lineage.counters().rounds()) {
      return;
    }
    if (round.kind() == Kind.FORGET) {
      forgotten.add(round);
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

  /** The digest of the weights that the rounds begin with, if they do not begin as this did. */
  Optional<Digest> imports() {
    return path.imported();
  }

  /** Takes the learner that begins with those weights. */
  void imported(Learning begin) {
    imported = Optional.of(begin);
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
    long number = round.key().round();
    Set<DocumentId> without = path.without(number);
    run.removeIf(example -> without.contains(example.example().document().id()));
    boolean aside = run.isEmpty() || round.kind() == Kind.QUARANTINE;
    Batch batch = aside ? Batch.none(round.to()) : Batch.of(run);
    // A round that leaves out what it had learned comes out differently, as those after it do.
    boolean same = without.isEmpty();
    if (same) {
      check(round, "examples", round.examples(), batch.records().size());
    }
    if (path.leads(number)) {
      long updates = learn(round, batch).updates();
      updates += judge(round, same);
      if (same) {
        check(round, "updates", round.updates(), updates);
      }
    }
    lineage = lineage.after(round, batch.learned());
    done++;
    if (same && path.isLatestPublished(number)) {
      check(
          round,
          "weights",
          round.published().orElseThrow().digest(),
          ModelParts.split(learning.weights()).content().digest());
    }
  }

  private Learning.Outcome learn(JournalRecord round, Batch batch) {
    if (round.did(Action.CONSOLIDATE)) {
      learning.consolidate();
    } else if (round.did(Action.ROLLBACK)) {
      forgetSince(round.order().orElseThrow().backTo(), round.key().round());
    } else if (round.did(Action.IMPORT)) {
      learning.close();
      learning = imported.orElseThrow();
      imported = Optional.empty();
      remembered = 0;
    } else if (round.kind() == Kind.FORGET) {
      return forget(round);
    }
    boolean learns =
        round.kind() == Kind.REHEARSE || (round.kind() == Kind.LEARN && !batch.records().isEmpty());
    if (!learns) {
      return Learning.Outcome.NOTHING;
    }
    Learning.Outcome outcome = learning.learn(batch.examples(), round.seed());
    remembered = outcome.remembered();
    return outcome;
  }

  private Learning.Outcome forget(JournalRecord round) {
    DocumentId document = round.forgotten().orElseThrow();
    Learning.Outcome outcome = learning.forget(new DocumentKey(round.key().collection(), document));
    remembered = outcome.remembered();
    return outcome;
  }

  /** What was forgotten stays forgotten, whatever is gone back to. */
  private void forgetSince(long after, long before) {
    forgotten.stream()
        .filter(round -> round.key().round() > after && round.key().round() < before)
        .forEach(this::forget);
  }

  /**
   * Lets the gate judge where it has judged.
   *
   * @param same whether it must say the same
   * @return the updates of a refusal
   */
  private long judge(JournalRecord round, boolean same) {
    if (round.verdict().isEmpty()) {
      return 0;
    }
    Verdict verdict =
        learning.judge(learning.weights(), lineage.nextVersion().number(), round.seed());
    if (same) {
      check(round, "verdict", round.verdict().get().outcome(), verdict.outcome());
    }
    return verdict.updates();
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
    return new LiveLineage(lineage, learning, checkpoints, firstRoundAt, done);
  }

  /** The learner as it is after the last round, which closes with this. */
  Learning learning() {
    return learning;
  }

  /**
   * The learner as it is after the last round, but for the documents that were forgotten in rounds
   * after it; closes with this.
   */
  Learning learningWithoutForgotten() {
    forgetSince(last, Long.MAX_VALUE);
    return learning;
  }

  /** How far the collection was after the last round. */
  Lineage lineage() {
    return lineage;
  }

  @Override
  public void close() {
    imported.ifPresent(Learning::close);
    learning.close();
  }
}
