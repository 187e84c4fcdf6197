package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.TestLearner.journal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Source;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.learner.TestBroker.Moment;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * One schedule of everything that can happen to learners, in one thread and decided by a seed:
 * examples and orders come, time goes on, and between any two steps of its clients the learner dies
 * or its transaction is aborted, or nobody knows whether it was committed; partitions move, a twin
 * starts, offsets are forgotten. All classes but the arithmetic of learning are those of the
 * service.
 */
final class LearnerSimulation {
  private static final List<String> COLLECTIONS = List.of("bank", "shop");
  private static final int STEPS = 150;
  private static final int DOCUMENTS = 12;
  private static final int PARTITION = TestBroker.EXAMPLES.partition();
  private static final long MAX_BYTES = 1 << 20;

  private final SplittableRandom random;
  private final LearnerSettings settings;
  private final Learning.Source learners = TinyLearning.source(7);
  private final TestBroker broker = new TestBroker(this::interrupt);
  private final LearnerFixtures.TestClock clock = new LearnerFixtures.TestClock();
  private Optional<TestLearner> learner = Optional.empty();
  private Optional<TestLearner> twin = Optional.empty();
  private boolean quiet;

  /** The end of a process by kill -9; no error handling sees it. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  LearnerSimulation(long seed) {
    random = new SplittableRandom(seed);
    settings =
        LearnerFixtures.settings(
            "round.max-examples", one("1", "3", "8"),
            "checkpoint.every-rounds", one("1", "2", "5", "1000"),
            "checkpoint.idle-millis", one("0", "1000", "60000"),
            "rehearsal.idle", one("true", "false"),
            "publish.min-interval-millis", one("0", "200"),
            "publish.keep-versions", one("1", "2", "5"));
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** Runs the schedule, lets a last learner come to rest, and checks what the log says. */
  void run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    quiet = true;
    twin.ifPresent(this::turn);
    end();
    COLLECTIONS.forEach(collection -> ask(collection, "{\"action\":\"resume\"}"));
    TestLearner last = start();
    for (int rest = 0; rest < 3; rest++) {
      last.work();
      clock.advanceMillis(100_000);
    }
    assertThat(last.count(LearnerMeters.MISMATCHES)).isZero();
    last.close();
    COLLECTIONS.forEach(this::check);
    checkVersions();
    checkRefusals();
  }

  private void step() {
    int drawn = random.nextInt(100);
    if (drawn < 25) {
      teach();
    } else if (drawn < 35) {
      clock.advanceMillis(random.nextInt(500));
    } else if (drawn < 39) {
      order();
    } else if (drawn < 41) {
      learner.ifPresent(current -> broker.rebalance());
    } else if (drawn < 43) {
      end();
    } else if (drawn < 45) {
      twin = learner;
      learner = Optional.of(start());
    } else if (drawn < 46) {
      broker.loseOffsets();
    } else if (drawn < 50) {
      twin.ifPresent(this::turn);
    } else {
      if (learner.isEmpty()) {
        learner = Optional.of(start());
      }
      learner.ifPresent(this::turn);
    }
  }

  private void teach() {
    Source source = random.nextInt(8) == 0 ? new Source("rule") : Source.HUMAN;
    int drawn = random.nextInt(60);
    String document =
        switch (drawn) {
          case 0 -> TinyLearning.UNLEARNABLE;
          case 1, 2 -> TinyLearning.POISON;
          default -> "d" + random.nextInt(DOCUMENTS);
        };
    TestLearner.teach(
        broker, example(COLLECTIONS.get(random.nextInt(COLLECTIONS.size())), document, source));
  }

  private void order() {
    int version = 1 + random.nextInt(10);
    ask(
        COLLECTIONS.get(random.nextInt(COLLECTIONS.size())),
        one(
            "{\"action\":\"rollback\",\"version\":%d}".formatted(version),
            "{\"action\":\"pin\",\"version\":%d}".formatted(version),
            "{\"action\":\"unpin\"}",
            "{\"action\":\"pause\"}",
            "{\"action\":\"resume\"}",
            "{\"action\":\"consolidate\"}",
            "{\"action\":\"trust\",\"annotator\":\"%s\"}".formatted(one("ana", "ben")),
            "no order"));
  }

  private void ask(String collection, String order) {
    broker.append(ControlTopics.CONTROL, 0, collection.getBytes(UTF_8), order.getBytes(UTF_8), 0);
  }

  private TestLearner start() {
    return new TestLearner(broker, settings, learners, clock);
  }

  /** Ends the current learner in good order. */
  private void end() {
    learner.ifPresent(
        current -> {
          try {
            current.close();
          } catch (Crash | KafkaException e) {
            // It ended in the midst of it, as it may.
          }
        });
    learner = Optional.empty();
  }

  private void turn(TestLearner of) {
    try {
      of.turn();
      assertThat(of.count(LearnerMeters.MISMATCHES)).isZero();
    } catch (Crash | KafkaException e) {
      // The process ends: it was killed, or it gives up, which is the end of it as well.
      learner = learner.filter(current -> current != of);
      twin = twin.filter(current -> current != of);
    }
  }

  private void interrupt(Moment moment) {
    if (quiet) {
      return;
    }
    int drawn = random.nextInt(120);
    if (drawn < 2) {
      throw new Crash();
    }
    boolean inTransaction = moment != Moment.POLL && moment != Moment.BEGIN;
    if (inTransaction && moment != Moment.COMMITTED && drawn < 5) {
      throw drawn == 2
          ? new CommitFailedException("simulated")
          : new TransactionAbortableException("simulated");
    }
    boolean atTheEnd = moment == Moment.COMMIT || moment == Moment.COMMITTED;
    if (atTheEnd && drawn < 8) {
      throw new TimeoutException("simulated");
    }
  }

  private List<JournalRecord> rounds(String collection) {
    return journal(broker).stream()
        .filter(round -> round.key().collection().value().equals(collection))
        .toList();
  }

  private void check(String collection) {
    List<JournalRecord> rounds = rounds(collection);
    assertThat(rounds)
        .extracting(round -> round.key().round())
        .isEqualTo(LongStream.rangeClosed(1, rounds.size()).boxed().toList());
    for (ConsumerRecord<byte[], byte[]> record : broker.log(TestBroker.EXAMPLES)) {
      ExampleRecord example = parsed(record);
      if (example.teaches() && example.collection().value().equals(collection)) {
        assertThat(rounds)
            .filteredOn(r -> r.kind() == Kind.LEARN || r.kind() == Kind.QUARANTINE)
            .filteredOn(r -> r.from() <= record.offset() && record.offset() < r.to())
            .as("rounds that learn example %d of %s", record.offset(), collection)
            .hasSize(1);
      }
    }
    rounds.stream()
        .filter(round -> round.published().isPresent())
        .reduce((earlier, later) -> later)
        .ifPresent(this::checkDigest);
  }

  private static ExampleRecord parsed(ConsumerRecord<byte[], byte[]> record) {
    return new ExampleRecord(
        record.offset(),
        LearnerFixtures.START,
        DocumentTopics.EXAMPLES.values().deserializer().deserialize("", record.value()));
  }

  /** What the log alone leads to is what was published. */
  private void checkDigest(JournalRecord last) {
    LogReader reader = new LogReader(broker.log(), broker.ends());
    Map<CollectionName, Relearning> again =
        new Replay(
                reader, learners, new LearnerMeasurements(new SimpleMeterRegistry()), () -> false)
            .run(Replay.Scope.fromNothing(PARTITION, last.key()))
            .collections();
    assertThat(
            ModelParts.split(again.get(last.key().collection()).learning().weights())
                .content()
                .digest())
        .isEqualTo(last.published().orElseThrow().digest());
  }

  /** Versions are whole, of the journal's digests, and numbered from 1 on without a gap. */
  private void checkVersions() {
    ModelAssembler assembler = new ModelAssembler(MAX_BYTES);
    List<Arrival> arrivals = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record :
        broker.log(new TopicPartition(ModelTopics.MODELS.name(), 0))) {
      ModelKey key = ModelTopics.MODELS.keys().deserializer().deserialize("", record.key());
      assembler.accept(key, record.value()).ifPresent(arrivals::add);
    }
    assertThat(arrivals).noneMatch(Arrival.Unusable.class::isInstance);
    for (String collection : COLLECTIONS) {
      List<Arrival.Complete> whole =
          arrivals.stream()
              .filter(Arrival.Complete.class::isInstance)
              .map(Arrival.Complete.class::cast)
              .filter(version -> version.version().collection().value().equals(collection))
              .toList();
      assertThat(whole)
          .extracting(version -> version.version().number())
          .isEqualTo(LongStream.rangeClosed(1, whole.size()).boxed().toList());
      List<Digest> journalled =
          rounds(collection).stream()
              .flatMap(round -> round.published().stream())
              .map(Published::digest)
              .toList();
      assertThat(whole).extracting(v -> v.manifest().digest()).isEqualTo(journalled);
    }
  }

  /** What the gate has kept out is told once, with its round. */
  private void checkRefusals() {
    List<RoundKey> journalled =
        journal(broker).stream()
            .filter(round -> !round.givenUp().putAside().isEmpty())
            .map(JournalRecord::key)
            .toList();
    assertThat(TestLearner.refusals(broker))
        .extracting(refusal -> new RoundKey(refusal.collection(), refusal.round()))
        .isEqualTo(journalled);
  }
}
