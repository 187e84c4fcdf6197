package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.JournalRecord.Taken;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Does journalled rounds again from the log: a checkpoint or nothing, then the rounds that the
 * journal has after it, learned from the examples with the seeds in the journal.
 *
 * <p>Not thread-safe.
 */
final class Replay {
  private final LogReader reader;
  private final Learning.Source learners;
  private final Imports imports;
  private final LearnerMeasurements measurements;
  private final BooleanSupplier closing;

  /**
   * What came of it.
   *
   * @param collections by name
   * @param journalEnd one past the last journal record that is there now
   */
  record Replayed(Map<CollectionName, Relearning> collections, long journalEnd) {}

  /**
   * @param closing asked between rounds; when it says yes, the work ends with a {@link
   *     WakeupException}
   */
  Replay(
      LogReader reader,
      Learning.Source learners,
      LearnerMeasurements measurements,
      BooleanSupplier closing) {
    this.reader = requireNonNull(reader, "reader is null");
    this.learners = requireNonNull(learners, "learners is null");
    imports = new Imports(reader, learners);
    this.measurements = requireNonNull(measurements, "measurements is null");
    this.closing = requireNonNull(closing, "closing is null");
  }

  /** Does the rounds again. */
  Replayed run(ReplayScope scope) {
    CheckpointReader checkpoints = checkpoints(scope);
    Map<CollectionName, Relearning> collections = begin(scope, checkpoints);
    try {
      long journalEnd = readJournal(scope, checkpoints, collections);
      collections.values().forEach(collection -> findOthers(collection, scope));
      relearn(scope.partition(), collections);
      return new Replayed(collections, journalEnd);
    } catch (RuntimeException e) {
      collections.values().forEach(Relearning::close);
      throw e;
    }
  }

  private CheckpointReader checkpoints(ReplayScope scope) {
    CheckpointReader checkpoints = new CheckpointReader(measurements, scope::wants);
    if (scope.checkpoints().isPresent()) {
      reader.read(
          LearnerTopics.STATE,
          scope.partition(),
          0,
          (place, key, value) -> checkpoints.accept(key, value));
    }
    return checkpoints;
  }

  private Map<CollectionName, Relearning> begin(ReplayScope scope, CheckpointReader checkpoints) {
    Map<CollectionName, Relearning> collections = new TreeMap<>();
    checkpoints
        .newest()
        .forEach(
            (collection, saved) -> {
              try {
                collections.put(
                    collection,
                    Relearning.from(
                        saved.checkpoint(),
                        saved.learner(learners),
                        checkpoints.all(collection),
                        scope.last(),
                        measurements));
              } catch (IOException e) {
                checkpoints.unusable(saved.checkpoint().round(), e);
              }
            });
    return collections;
  }

  private long readJournal(
      ReplayScope scope,
      CheckpointReader checkpoints,
      Map<CollectionName, Relearning> collections) {
    long end =
        reader.read(
            LearnerTopics.JOURNAL,
            scope.partition(),
            checkpoints.journalFrom(),
            (place, key, round) -> {
              if (scope.whose().test(key.collection())) {
                collections
                    .computeIfAbsent(
                        key.collection(),
                        name -> Relearning.fromNothing(name, learners, scope, measurements))
                    .journalled(round, place.offset());
              }
            });
    collections.values().forEach(collection -> collection.ready(scope.without()));
    return end;
  }

  private void findOthers(Relearning collection, ReplayScope scope) {
    for (JournalRecord round : collection.needAnother()) {
      try {
        collection.another(round, another(round.order().orElseThrow(), scope));
      } catch (BadInput e) {
        throw new IllegalStateException(
            "round %s: expected what it was spent on, %s".formatted(round.key(), e.getMessage()),
            e);
      }
    }
  }

  /** The learner that an order was done with, by the same means as the rest is done again. */
  private Learning another(Order order, ReplayScope scope) throws BadInput {
    Digest digest = order.imported().orElse(null);
    if (digest != null) {
      return imports.begin(digest);
    }
    Taken taken = order.taken().orElseThrow();
    ModelVersion from = order.from().orElseThrow();
    RoundKey last = new RoundKey(from.collection(), taken.round());
    Learning other =
        learner(
                scope.checkpoints().isPresent()
                    ? ReplayScope.upTo(taken.partition(), last)
                    : ReplayScope.fromNothing(taken.partition(), last))
            .orElseThrow(() -> unknown(from));
    return order.did(Action.FORK) ? fork(other) : other;
  }

  /** Whoever takes a fork has no use for what it was forked from. */
  static Learning fork(Learning other) {
    try (other) {
      return other.fork();
    }
  }

  static BadInput unknown(ModelVersion version) {
    return new BadInput(
        Reason.UNKNOWN_VERSION,
        "$.version",
        "a version that is kept and whose round is known",
        version.toString());
  }

  /**
   * The learner of one collection after the last round of a scope; to be closed.
   *
   * @return empty when the journal does not have that round
   */
  Optional<Learning> learner(ReplayScope scope) {
    Map<CollectionName, Relearning> collections = run(scope).collections();
    if (collections.isEmpty()) {
      return Optional.empty();
    }
    Relearning only = collections.values().iterator().next();
    if (only.lineage().counters().rounds() != scope.last()) {
      only.close();
      return Optional.empty();
    }
    return Optional.of(only.learningWithoutForgotten());
  }

  /** Reads the examples once and does every round as soon as all of its examples have been read. */
  private void relearn(int partition, Map<CollectionName, Relearning> collections) {
    collections.values().forEach(collection -> collection.advance(closing));
    long from =
        collections.values().stream()
            .flatMapToLong(collection -> collection.examplesFrom().stream())
            .min()
            .orElse(Long.MAX_VALUE);
    long to = collections.values().stream().mapToLong(Relearning::examplesTo).max().orElse(0);
    if (from < to) {
      reader.read(
          DocumentTopics.EXAMPLES,
          partition,
          from,
          to,
          (place, key, example) -> take(place, example, collections));
    }
    collections.values().forEach(collection -> collection.end(closing));
  }

  private void take(
      ConsumerRecord<byte[], byte[]> place,
      Example example,
      Map<CollectionName, Relearning> collections) {
    Relearning collection =
        example == null ? null : collections.get(example.document().collection());
    if (collection != null) {
      collection.take(
          new ExampleRecord(place.offset(), Instant.ofEpochMilli(place.timestamp()), example),
          closing);
    }
  }
}
