package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.network.Weights;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Does what a round of a lineage is spent on, before anything is written of it. All of one
 * partition of {@code examples}.
 */
final class RoundWork {
  private final int partition;
  private final Surroundings surroundings;
  private final Obedience obedience;

  /**
   * A round that has been done, before anything is written of it.
   *
   * @param kind what was done
   * @param batch what was learned
   * @param seed of the round
   * @param outcome what that did
   * @param time how long it took
   * @param verdict on what would be published, if anything would
   * @param order what of an operator was seen to
   * @param rejected what is rejected with it
   * @param forgotten the document that is remembered no more
   */
  record Done(
      Kind kind,
      Batch batch,
      long seed,
      Learning.Outcome outcome,
      Duration time,
      Optional<Verdict> verdict,
      Optional<Order> order,
      Optional<Rejected> rejected,
      Optional<DocumentId> forgotten) {
    /** A round that is not judged. */
    Done(
        Kind kind,
        Batch batch,
        long seed,
        Learning.Outcome outcome,
        Duration time,
        Optional<Order> order,
        Optional<Rejected> rejected,
        Optional<DocumentId> forgotten) {
      this(kind, batch, seed, outcome, time, Optional.empty(), order, rejected, forgotten);
    }

    Done {
      requireNonNull(kind, "kind is null");
      requireNonNull(batch, "batch is null");
      requireNonNull(outcome, "outcome is null");
      requireNonNull(time, "time is null");
      requireNonNull(verdict, "verdict is null");
      requireNonNull(order, "order is null");
      requireNonNull(rejected, "rejected is null");
      requireNonNull(forgotten, "forgotten is null");
    }

    /** Updates of the weights, those of a refusal among them. */
    long updates() {
      return outcome.updates() + verdict.map(Verdict::updates).orElse(0L);
    }
  }

  /**
   * Lets the gate judge what a round has led to.
   *
   * @param weights of now
   */
  Done judge(LiveLineage lineage, Done done, Weights weights) {
    long version = lineage.lineage().nextVersion().number();
    Verdict verdict = lineage.learning().judge(weights, version, done.seed());
    return new Done(
        done.kind(),
        done.batch(),
        done.seed(),
        done.outcome(),
        done.time(),
        Optional.of(verdict),
        done.order(),
        done.rejected(),
        done.forgotten());
  }

  /** A record that is rejected. */
  record Rejected(ConsumerRecord<byte[], byte[]> record, BadInput why) {}

  RoundWork(int partition, Surroundings surroundings) {
    this.partition = partition;
    this.surroundings = surroundings;
    obedience = new Obedience(partition, surroundings.past());
  }

  /** Nothing but to publish what earlier rounds have learned. */
  Done publish(LiveLineage lineage) {
    return new Done(
        Kind.PUBLISH,
        none(lineage),
        0,
        Learning.Outcome.nothing(lineage.remembered()),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Does or refuses what an operator asks. */
  Done obey(LiveLineage lineage, ControlMessage message) {
    Instant start = surroundings.clock().instant();
    Batch none = none(lineage);
    Obedience.Answer answer = obedience.obey(lineage, message);
    return new Done(
        Kind.OBEY,
        none,
        0,
        Learning.Outcome.nothing(lineage.remembered()),
        Duration.between(start, surroundings.clock().instant()),
        Optional.of(answer.order()),
        answer.refusal().map(why -> new Rejected(message.record(), why)),
        Optional.empty());
  }

  /**
   * Learns what waits, or forgets what is to be forgotten before it, or puts aside the first of it
   * when the learner has failed on it.
   *
   * @throws Suspects.FailedRound when the learner fails
   */
  Done learn(LiveLineage lineage) {
    Optional<Entry.Forgotten> forgotten = lineage.takeForgotten();
    if (forgotten.isPresent()) {
      return forget(lineage, forgotten.get());
    }
    Suspects suspects = surroundings.suspects();
    CollectionName collection = lineage.lineage().collection();
    long first = lineage.firstWaiting().orElseThrow();
    int most =
        suspects.careful(collection, first)
            ? 1
            : lineage.batchSize(surroundings.settings().rounds());
    Batch batch = lineage.takeBatch(most);
    Optional<String> cause = suspects.condemned(collection, first);
    if (cause.isPresent()) {
      return quarantine(lineage, batch, cause.get());
    }
    Done done = spend(lineage, Kind.LEARN, batch);
    suspects.learned(collection);
    lineage.learned(batch.records().size(), done.time());
    return done;
  }

  private static Done forget(LiveLineage lineage, Entry.Forgotten forgotten) {
    Learning.Outcome outcome = lineage.learning().forget(forgotten.document());
    return new Done(
        Kind.FORGET,
        new Batch(forgotten.offset(), forgotten.offset() + 1, List.of()),
        0,
        outcome,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.of(forgotten.document().id()));
  }

  private Done quarantine(LiveLineage lineage, Batch batch, String cause) {
    surroundings.suspects().released(lineage.lineage().collection());
    surroundings.measurements().quarantined();
    BadInput why =
        new BadInput(
            Reason.UNLEARNABLE, "$", "an example that can be learned", "one that ends in " + cause);
    return new Done(
        Kind.QUARANTINE,
        new Batch(batch.from(), batch.to(), List.of()),
        0,
        Learning.Outcome.nothing(lineage.remembered()),
        Duration.ZERO,
        Optional.empty(),
        Optional.of(new Rejected(batch.records().get(0).record(partition), why)),
        Optional.empty());
  }

  /**
   * Rehearses one helping.
   *
   * @throws Suspects.FailedRound when the learner fails
   */
  Done rehearse(LiveLineage lineage) {
    lineage.helped();
    return spend(lineage, Kind.REHEARSE, none(lineage));
  }

  private Done spend(LiveLineage lineage, Kind kind, Batch batch) {
    long seed = Seeds.of(surroundings.settings().seed(), lineage.lineage().nextRound());
    Instant start = surroundings.clock().instant();
    Learning.Outcome outcome;
    try {
      outcome = lineage.learning().learn(batch.examples(), seed);
    } catch (RuntimeException e) {
      throw new Suspects.FailedRound(lineage.lineage().collection(), batch, e);
    }
    Duration time = Duration.between(start, surroundings.clock().instant());
    surroundings.measurements().learned(time);
    return new Done(
        kind, batch, seed, outcome, time, Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static Batch none(LiveLineage lineage) {
    return Batch.none(lineage.lineage().nextOffset());
  }
}
