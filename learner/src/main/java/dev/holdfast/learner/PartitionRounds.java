package dev.holdfast.learner;

import dev.holdfast.control.Control.Action;
import dev.holdfast.control.ControlMessage;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.network.Weights;
import dev.holdfast.version.ModelParts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * The rounds of all collections of one partition of {@code examples}: examples in, transactions
 * out. Knows no clients. Collections take turns.
 *
 * <p>A step that it hands out must be committed and given to {@link #committed} before the next is
 * asked for; when that fails the whole object is of no use any more, since its learners have
 * learned what the log does not say.
 *
 * <p>Not thread-safe.
 */
final class PartitionRounds implements AutoCloseable {
  private final LearnerSettings settings;
  private final LearnerMeasurements measurements;
  private final InstantSource clock;
  private final Commands commands;
  private final ToIntFunction<CollectionName> partitions;
  private final int partition;
  private final Suspects suspects;
  private final RoundWork work;
  private final RoundWriter writer;
  private final PartitionLineages lineages;
  private long journalEnd;
  private long position;
  private long committedOffset;

  /**
   * @param restored what earlier rounds have done
   * @param position offset of the first example that {@link #take} may get
   */
  PartitionRounds(int partition, Restored restored, long position, Surroundings surroundings) {
    settings = surroundings.settings();
    measurements = surroundings.measurements();
    clock = surroundings.clock();
    commands = surroundings.commands();
    partitions = surroundings.partitions();
    this.partition = partition;
    suspects = surroundings.suspects();
    work = new RoundWork(partition, surroundings);
    writer =
        new RoundWriter(
            partition,
            settings.publishing().keepVersions(),
            surroundings.learners().configuration(),
            settings.signer());
    lineages = new PartitionLineages(restored, surroundings.learners());
    journalEnd = restored.journalEnd();
    this.position = position;
    committedOffset = position;
  }

  /** Takes what is next in the partition; what an earlier round has seen to falls away. */
  void take(Entry record) {
    position = Math.max(position, record.offset() + 1);
    Optional<LiveLineage> lineage = lineages.find(record.collection());
    if (lineage.filter(live -> record.offset() < live.lineage().nextOffset()).isPresent()) {
      return;
    }
    if (record instanceof ExampleRecord example && !example.teaches()) {
      measurements.notTaught();
      return;
    }
    if (lineage.isEmpty() && record instanceof Entry.Forgotten) {
      return;
    }
    LiveLineage live = lineage.orElseGet(() -> lineages.begin(record.collection()));
    live.waits(record);
    if (live.lineage().orders().paused() && record instanceof ExampleRecord) {
      measurements.postponed();
    }
  }

  /** A collection that nobody has taught yet may begin with what is known elsewhere. */
  private void beginAsked() {
    for (CollectionName collection : commands.collections()) {
      if (lineages.find(collection).isEmpty()
          && commands.begin(collection)
          && partitions.applyAsInt(collection) == partition) {
        lineages.begin(collection);
      }
    }
  }

  /** How many examples wait. */
  int waiting() {
    return lineages.waiting();
  }

  int collections() {
    return lineages.size();
  }

  /**
   * What somebody waits for: what operators ask, a version that is due, or examples to learn. A
   * collection at rest is saved before more of others is learned: however long they keep the
   * learner busy, a restore need not go back further than that.
   */
  Optional<Step> urgent() {
    beginAsked();
    Optional<LiveLineage> asked = lineages.turn(lineage -> asks(lineage).isPresent());
    if (asked.isPresent()) {
      return asked.map(this::obey);
    }
    long now = clock.millis();
    Optional<LiveLineage> due =
        lineages.turn(lineage -> lineage.waiting() == 0 && mustPublish(lineage, now));
    if (due.isPresent()) {
      return due.map(lineage -> round(lineage, work.publish(lineage), true));
    }
    Optional<LiveLineage> atRest =
        lineages.turn(lineage -> lineage.isToBeSavedAtRest(settings.checkpoints(), now));
    if (atRest.isPresent()) {
      return atRest.map(this::checkpoint);
    }
    return lineages.turn(lineage -> lineage.waiting() > 0).map(this::learn);
  }

  /** What may be done while nobody waits for anything. */
  Optional<Step> idle() {
    Optional<Step> rehearsal = lineages.turn(this::wantsHelping).map(this::rehearse);
    if (rehearsal.isPresent()) {
      return rehearsal;
    }
    return firstNotSeenTo() > committedOffset
        ? Optional.of(Step.ofOffset(firstNotSeenTo()))
        : Optional.empty();
  }

  /** A checkpoint of one collection that has rounds which no checkpoint has, for a clean end. */
  Optional<Step> last() {
    return lineages.turn(lineage -> lineage.roundsSinceCheckpoint() > 0).map(this::checkpoint);
  }

  /** When something may be due although nothing comes in, in milliseconds since 1970. */
  OptionalLong nextDueMillis() {
    return lineages.stream()
        .flatMap(
            lineage -> {
              List<Long> due = new ArrayList<>();
              if (lineage.lineage().hasUnpublished()) {
                due.add(publishFrom(lineage));
              }
              lineage.checkpointFrom(settings.checkpoints()).ifPresent(due::add);
              return due.stream();
            })
        .mapToLong(Long::longValue)
        .min();
  }

  /**
   * Takes over what a step has brought about.
   *
   * @param journalOffset of the step's journal record, if it has one
   */
  void committed(Step step, OptionalLong journalOffset) {
    committedOffset = step.nextOffset();
    step.lineage().ifPresent(lineage -> lineage.committed(step, journalOffset, clock.millis()));
    journalOffset.ifPresent(offset -> journalEnd = offset + 1);
  }

  /**
   * From where on examples have to be given to {@link #take} again, since a collection learns again
   * that had been paused when they came.
   */
  OptionalLong takePostponed() {
    OptionalLong from = lineages.takePostponed();
    from.ifPresent(offset -> position = offset);
    return from;
  }

  private Optional<ControlMessage> asks(LiveLineage lineage) {
    return commands.next(lineage.lineage().collection(), lineage.lineage().orders().next());
  }

  private boolean wantsHelping(LiveLineage lineage) {
    return lineage.wantsHelping(settings.rehearsal())
        && !suspects.isTired(lineage.lineage().collection());
  }

  private boolean mustPublish(LiveLineage lineage, long now) {
    return lineage.lineage().hasUnpublished() && now >= publishFrom(lineage);
  }

  private long publishFrom(LiveLineage lineage) {
    return lineage.publishFrom(settings, lineage.lineage().hasUnpublishedExamples());
  }

  private Step obey(LiveLineage lineage) {
    RoundWork.Done done = work.obey(lineage, asks(lineage).orElseThrow());
    return round(lineage, done, makesVersion(done));
  }

  private Step learn(LiveLineage lineage) {
    RoundWork.Done done = work.learn(lineage);
    boolean changed = done.outcome().updates() > 0 || !done.outcome().notLearned().isEmpty();
    boolean publish = changed && clock.millis() >= lineage.publishFrom(settings, true);
    return round(lineage, done, publish);
  }

  private Step rehearse(LiveLineage lineage) {
    RoundWork.Done done = work.rehearse(lineage);
    boolean publish =
        (done.outcome().updates() > 0 || lineage.lineage().hasUnpublished())
            && clock.millis() >= publishFrom(lineage);
    return round(lineage, done, publish);
  }

  private Step round(LiveLineage lineage, RoundWork.Done done, boolean publish) {
    return publish ? publish(lineage, done) : round(lineage, done, Optional.empty());
  }

  /** Publishes what the round has led to, if the gate lets it pass or an operator wants it. */
  private Step publish(LiveLineage lineage, RoundWork.Done done) {
    Instant start = clock.instant();
    Weights weights = lineage.learning().weights();
    if (done.order().isPresent()) {
      return round(lineage, done, Optional.of(ModelParts.split(weights)));
    }
    RoundWork.Done judged = work.judge(lineage, done, weights);
    Instant end = clock.instant();
    measurements.judged(Duration.between(start, end));
    measurements.mistrusted(lineage.lineage().collection(), lineage.learning().mistrusted());
    if (judged.verdict().orElseThrow().refused()) {
      return round(lineage, judged, Optional.empty());
    }
    ModelParts parts = ModelParts.split(weights);
    measurements.split(Duration.between(end, clock.instant()));
    measurements.held(lineage.lineage().collection(), lineage.learning().held());
    return round(lineage, judged, Optional.of(parts));
  }

  private Step round(LiveLineage lineage, RoundWork.Done done, Optional<ModelParts> version) {
    Lineage before = lineage.lineage();
    Step step = Step.of(lineage, firstNotSeenTo());
    Lineage after = writer.round(step, before, done, version, clock.instant());
    if (isToBeSaved(lineage, done)) {
      writer.checkpoint(
          step, after, lineage.learning(), journalFrom(lineage), lineage.checkpoints());
    } else if (lineage.checkpoints().isEmpty()) {
      writer.born(step, before, journalFrom(lineage));
    }
    return step;
  }

  private boolean isToBeSaved(LiveLineage lineage, RoundWork.Done done) {
    // None of these is ever done again.
    boolean another = makesVersion(done) || did(done, Action.ROLLBACK);
    // Its checkpoints were lost or of no use, and the journal led to what it is.
    boolean lost = lineage.checkpoints().isEmpty() && lineage.lineage().counters().rounds() > 0;
    int rounds = lineage.roundsSinceCheckpoint() + 1;
    return another || lost || rounds >= settings.checkpoints().everyRounds();
  }

  private static boolean makesVersion(RoundWork.Done done) {
    return done.order().filter(Order::makesVersion).isPresent();
  }

  private static boolean did(RoundWork.Done done, Action action) {
    return done.order().filter(order -> order.did(action)).isPresent();
  }

  private Step checkpoint(LiveLineage lineage) {
    Step step = Step.of(lineage, firstNotSeenTo());
    writer.checkpoint(
        step, lineage.lineage(), lineage.learning(), journalFrom(lineage), lineage.checkpoints());
    return step;
  }

  /** From where on the journal matters once this lineage has a checkpoint. */
  private long journalFrom(LiveLineage checkpointed) {
    return Math.min(journalEnd, lineages.uncheckpointedFrom(checkpointed).orElse(journalEnd));
  }

  private long firstNotSeenTo() {
    return Math.min(position, lineages.firstWaiting().orElse(position));
  }

  @Override
  public void close() {
    lineages.close();
  }
}
