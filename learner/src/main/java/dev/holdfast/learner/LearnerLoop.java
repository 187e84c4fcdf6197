package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries values between Kafka and the rounds: examples in, one transaction for each step out.
 * After an abort everything is restored from the log, since the learners have learned what the log
 * does not say.
 *
 * <p>Owned by one thread; only {@link #wakeup}, {@link #restored} and {@link #collections} may come
 * from another.
 */
public final class LearnerLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LearnerLoop.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** Examples that may wait in memory: more are left to Kafka. */
  private static final int MAX_WAITING = 1_000;

  private final Consumer<CollectionName, Example> consumer;
  private final RoundTransactions transactions;
  private final LogReader reader;
  private final Restore restore;
  private final ControlFollower control;
  private final Suspects suspects;
  private final Surroundings surroundings;
  private final StepReport report;
  private final LearnerMeasurements measurements;
  private final InstantSource clock;

  /** By partition; who had a turn goes to the end. */
  private final Map<TopicPartition, PartitionRounds> rounds = new LinkedHashMap<>();

  /** Assigned and paused, until what their rounds have learned is restored. */
  private final Set<TopicPartition> toRestore = new LinkedHashSet<>();

  private boolean assigned;
  private Duration wait = Duration.ZERO;
  private volatile int collections;
  private volatile boolean restored;
  private volatile boolean closing;

  /**
   * Makes its clients.
   *
   * @param learners where learners of collections come from
   * @param registry for {@link LearnerMeters}
   */
  public LearnerLoop(
      LearnerClients clients,
      LearnerSettings settings,
      Learning.Source learners,
      MeterRegistry registry,
      InstantSource clock) {
    measurements = new LearnerMeasurements(registry);
    this.clock = clock;
    report = new StepReport(measurements, clock);
    consumer = clients.examples();
    transactions = new RoundTransactions(clients.rounds(), settings.maxAborts(), measurements);
    reader = new LogReader(clients.log(), clients.ends());
    restore = new Restore(reader, learners, measurements, clock, () -> closing);
    control = new ControlFollower(clients.log(), measurements);
    suspects = new Suspects(settings.maxAborts());
    surroundings =
        new Surroundings(
            settings, learners, control, this::partition, restore, suspects, measurements, clock);
  }

  /** Joins the group, and fences a twin that has the same transactional id. */
  public void start() {
    transactions.start();
    control.start();
    consumer.subscribe(List.of(DocumentTopics.EXAMPLES.name()), new Assignment());
  }

  /** As the partitioner of all Kafka clients has it, which ingest leaves it to. */
  private int partition(CollectionName collection) {
    byte[] key =
        DocumentTopics.EXAMPLES
            .keys()
            .serializer()
            .serialize(DocumentTopics.EXAMPLES.name(), collection);
    return BuiltInPartitioner.partitionForKey(key, reader.partitions(DocumentTopics.EXAMPLES));
  }

  private final class Assignment implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      consumer.pause(partitions);
      toRestore.addAll(partitions);
      assigned = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      toRestore.removeAll(partitions);
      partitions.forEach(LearnerLoop.this::drop);
    }
  }

  /**
   * Takes what has come in and does one step, or waits for something to come, no longer than {@code
   * longest}.
   *
   * @throws KafkaException when it cannot go on
   */
  public void turn(Duration longest) {
    if (waiting() < MAX_WAITING) {
      consumer.poll(wait.compareTo(longest) < 0 ? wait : longest).forEach(this::take);
    }
    restoreAssigned();
    control.poll();
    measurements.waiting(waiting());
    boolean stepped = step(PartitionRounds::urgent) || step(PartitionRounds::idle);
    wait = stepped ? Duration.ZERO : untilNextDue();
  }

  private int waiting() {
    return rounds.values().stream().mapToInt(PartitionRounds::waiting).sum();
  }

  private void take(ConsumerRecord<CollectionName, Example> record) {
    PartitionRounds taker = rounds.get(new TopicPartition(record.topic(), record.partition()));
    if (taker == null) {
      return;
    }
    if (record.value() == null) {
      Forgetting.example(record.key(), record.headers())
          .ifPresent(document -> taker.take(new Entry.Forgotten(record.offset(), document)));
    } else {
      taker.take(
          new ExampleRecord(
              record.offset(), Instant.ofEpochMilli(record.timestamp()), record.value()));
    }
  }

  private void restoreAssigned() {
    if (!toRestore.isEmpty()) {
      // Who asked for a pause before must not see a round after it.
      control.catchUp();
    }
    for (TopicPartition partition : List.copyOf(toRestore)) {
      // Asked for first: it is told only when the last owner's transactions have ended, so that the
      // journal has all of their rounds.
      long committed = consumer.position(partition);
      Restored restored = restore.restore(partition.partition());
      if (restored.isNew()) {
        // The group may have come further in an earlier life whose journal is gone.
        consumer.seekToBeginning(Set.of(partition));
        committed = consumer.position(partition);
      }
      rounds.put(
          partition, new PartitionRounds(partition.partition(), restored, committed, surroundings));
      count();
      toRestore.remove(partition);
      consumer.resume(Set.of(partition));
    }
    restored = assigned;
  }

  /** Does one step of that kind, of the first partition that has any. */
  private boolean step(Function<PartitionRounds, Optional<Step>> kind) {
    for (TopicPartition partition : List.copyOf(rounds.keySet())) {
      PartitionRounds of = rounds.get(partition);
      Optional<Step> step;
      try {
        step = kind.apply(of);
      } catch (Suspects.FailedRound e) {
        log.error(
            "{}, all is restored and what it was about is looked at more closely",
            e.getMessage(),
            e);
        suspects.add(e);
        beginAgain();
        return true;
      }
      if (step.isPresent()) {
        rounds.remove(partition);
        rounds.put(partition, of);
        write(partition, of, step.get());
        return true;
      }
    }
    return false;
  }

  private void write(TopicPartition partition, PartitionRounds of, Step step) {
    Instant start = clock.instant();
    Optional<RoundTransactions.Committed> committed =
        transactions.commit(partition, step, consumer.groupMetadata());
    if (committed.isEmpty()) {
      beginAgain();
      return;
    }
    of.committed(step, committed.get().journalOffset());
    of.takePostponed().ifPresent(offset -> consumer.seek(partition, offset));
    count();
    report.committed(step, Duration.between(start, clock.instant()));
  }

  /** Gives up what was learned and did not come into the log, and begins from there. */
  private void beginAgain() {
    Set<TopicPartition> partitions = consumer.assignment();
    List.copyOf(rounds.keySet()).forEach(this::drop);
    consumer.pause(partitions);
    toRestore.addAll(partitions);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private Duration untilNextDue() {
    long due =
        rounds.values().stream()
            .flatMapToLong(partition -> partition.nextDueMillis().stream())
            .min()
            .orElse(Long.MAX_VALUE);
    return Duration.ofMillis(Math.max(1, Math.min(60_000, due - clock.millis())));
  }

  private void drop(TopicPartition partition) {
    PartitionRounds dropped = rounds.remove(partition);
    if (dropped != null) {
      dropped.close();
      count();
    }
  }

  private void count() {
    collections = rounds.values().stream().mapToInt(PartitionRounds::collections).sum();
  }

  /** Saves what no checkpoint has, so that the next start has nothing to do again. */
  public void finish() {
    while (step(PartitionRounds::last)) {
      // One collection at a time.
    }
  }

  /** Whether it has got its partitions, if only none, and restored them. */
  boolean restored() {
    return restored;
  }

  /** How many collections it learns now. */
  int collections() {
    return collections;
  }

  /** Ends a wait and a restore; safe from any thread. */
  void wakeup() {
    closing = true;
    consumer.wakeup();
    reader.wakeup();
    control.wakeup();
  }

  @Override
  public void close() {
    List.copyOf(rounds.keySet()).forEach(this::drop);
    transactions.close();
    reader.close();
    control.close();
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
