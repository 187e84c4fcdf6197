package dev.holdfast.learner;

import dev.holdfast.continual.Held;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.CollectionName;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Where the rounds report to. Written by the learner's thread, read by any. */
final class LearnerMeasurements {
  private static final int MAX_COLLECTIONS = 100;

  private final MeterRegistry registry;
  private final Counter examples;
  private final Counter notTaught;
  private final Counter postponed;
  private final Counter updates;
  private final Timer learn;
  private final Timer publish;
  private final Timer judge;
  private final Counter putAside;
  private final Counter heldBack;
  private final Timer commit;
  private final Timer learnToPublish;
  private final Counter publishedBytes;
  private final Counter checkpoints;
  private final Timer restore;
  private final Counter relearned;
  private final Counter mismatches;
  private final Counter unusableCheckpoints;
  private final Counter aborts;
  private final Counter quarantined;
  private final Counter unreadableOrders;
  private final AtomicInteger waiting = new AtomicInteger();
  private final Map<CollectionName, State> states = new ConcurrentHashMap<>();

  private final Map<CollectionName, Held> held = new ConcurrentHashMap<>();
  private final Map<CollectionName, Integer> mistrusted = new ConcurrentHashMap<>();

  private record State(long version, long parent, int remembered) {}

  LearnerMeasurements(MeterRegistry registry) {
    this.registry = registry;
    examples = counter(LearnerMeters.EXAMPLES);
    notTaught = counter(LearnerMeters.NOT_TAUGHT);
    postponed = counter(LearnerMeters.POSTPONED);
    updates = counter(LearnerMeters.UPDATES);
    learn = timer(LearnerMeters.LEARN);
    publish = timer(LearnerMeters.PUBLISH);
    judge = timer(LearnerMeters.JUDGE);
    putAside = counter(LearnerMeters.PUT_ASIDE);
    heldBack = counter(LearnerMeters.HELD_BACK);
    commit = timer(LearnerMeters.COMMIT);
    learnToPublish = timer(LearnerMeters.LEARN_TO_PUBLISH);
    publishedBytes = counter(LearnerMeters.PUBLISHED_BYTES);
    checkpoints = counter(LearnerMeters.CHECKPOINTS);
    restore = timer(LearnerMeters.RESTORE);
    relearned = counter(LearnerMeters.RELEARNED);
    mismatches = counter(LearnerMeters.MISMATCHES);
    unusableCheckpoints = counter(LearnerMeters.UNUSABLE_CHECKPOINTS);
    aborts = counter(LearnerMeters.ABORTS);
    quarantined = counter(LearnerMeters.QUARANTINED);
    unreadableOrders = counter(LearnerMeters.UNREADABLE_ORDERS);
    // From the start, so that the first round of a kind shows as growth.
    for (JournalRecord.Kind kind : JournalRecord.Kind.values()) {
      rounds(kind);
    }
    for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
      verdicts(outcome);
    }
    LearnerMeters.WAITING.declared().gauge(registry, waiting::get);
  }

  private Counter counter(LearnerMeters meter) {
    return meter.declared().counter(registry);
  }

  private Timer timer(LearnerMeters meter) {
    return meter.declared().timer(registry);
  }

  private Counter rounds(JournalRecord.Kind kind) {
    return LearnerMeters.ROUNDS.declared().counter(registry, kind.text());
  }

  private Counter verdicts(Verdict.Outcome outcome) {
    return LearnerMeters.VERDICTS.declared().counter(registry, outcome.text());
  }

  void notTaught() {
    notTaught.increment();
  }

  /** An example came while its collection is paused. */
  void postponed() {
    postponed.increment();
  }

  void waiting(int count) {
    waiting.set(count);
  }

  void learned(Duration time) {
    learn.record(time);
  }

  void judged(Duration time) {
    judge.record(time);
  }

  void split(Duration time) {
    publish.record(time);
  }

  void committed(Duration time) {
    commit.record(time);
  }

  void round(JournalRecord round, Lineage after, int remembered) {
    rounds(round.kind()).increment();
    examples.increment(round.examples());
    updates.increment((double) round.updates());
    putAside.increment(round.givenUp().putAside().size());
    heldBack.increment(round.notLearned().heldBack().size());
    round.verdict().ifPresent(verdict -> verdicts(verdict.outcome()).increment());
    state(after, remembered);
  }

  void published(Manifest manifest, Instant now) {
    publishedBytes.increment((double) manifest.content().bytes());
    for (LearnedExample example : manifest.learned()) {
      Duration time = Duration.between(example.annotatedAt(), now);
      learnToPublish.record(time.isNegative() ? Duration.ZERO : time);
    }
  }

  void checkpointed() {
    checkpoints.increment();
  }

  void restored(Duration time, long rounds) {
    restore.record(time);
    relearned.increment((double) rounds);
  }

  void mismatch() {
    mismatches.increment();
  }

  void unusableCheckpoint() {
    unusableCheckpoints.increment();
  }

  void aborted() {
    aborts.increment();
  }

  void quarantined() {
    quarantined.increment();
  }

  void unreadableOrder() {
    unreadableOrders.increment();
  }

  /** How many annotators are mistrusted. */
  void mistrusted(CollectionName collection, int annotators) {
    boolean first = mistrusted.put(collection, annotators) == null;
    if (first && mistrusted.size() <= MAX_COLLECTIONS) {
      gauge(LearnerMeters.MISTRUSTED, collection, () -> mistrusted.get(collection));
    }
  }

  /** How strongly the weights of a version are held. */
  void held(CollectionName collection, Held now) {
    boolean first = held.put(collection, now) == null;
    if (first && held.size() <= MAX_COLLECTIONS) {
      gauge(LearnerMeters.PENALTY, collection, () -> held.get(collection).penalty());
      gauge(LearnerMeters.IMPORTANCE, collection, () -> held.get(collection).importance());
      gauge(LearnerMeters.DISTANCE, collection, () -> held.get(collection).distance());
    }
  }

  /** How a collection stands now. */
  void state(Lineage lineage, int remembered) {
    CollectionName collection = lineage.collection();
    State now = new State(lineage.version(), lineage.parent(), remembered);
    boolean first = states.put(collection, now) == null;
    if (first && states.size() <= MAX_COLLECTIONS) {
      gauge(LearnerMeters.VERSION, collection, () -> states.get(collection).version());
      gauge(LearnerMeters.PARENT, collection, () -> states.get(collection).parent());
      gauge(LearnerMeters.REMEMBERED, collection, () -> states.get(collection).remembered());
    }
  }

  private void gauge(LearnerMeters meter, CollectionName collection, Supplier<Number> value) {
    meter.declared().gauge(registry, value, collection.value());
  }
}
