package dev.holdfast.simulation;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.ingest.IngestSettings;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.learner.LearnerTopics;
import dev.holdfast.monitoring.DriftEvent;
import dev.holdfast.monitoring.DriftTopics;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.simulation.Interruption.Crash;
import dev.holdfast.simulation.Interruption.Moment;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.ModelTopics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;

/**
 * One schedule of everything that can happen to all services, in one thread and decided by a seed:
 * documents, annotations and orders come, documents are taken back, time goes on, and between any
 * two steps of its clients a service dies or its transaction is aborted, or nobody knows whether it
 * was committed; partitions move, a twin starts, offsets are forgotten. All classes but the
 * arithmetic of learning and reading, and Kafka, are those of the services.
 */
final class Simulation {
  private static final List<Topic<?, ?>> TOPICS =
      Stream.of(
              DocumentTopics.ALL,
              LearnerTopics.ALL,
              List.of(ModelTopics.MODELS, ModelTopics.MODELS_IN, ModelTopics.REFUSALS),
              List.of(ControlTopics.CONTROL, ExtractionTopics.EXTRACTIONS, DriftTopics.DRIFT))
          .<Topic<?, ?>>flatMap(List::stream)
          .toList();

  private static final int STEPS = 400;
  private static final int MOST_TURNS = 10_000;

  private final SplittableRandom random;
  private final Set<Sabotage> sabotage;
  private final LearnerSettings learnerSettings;
  private final IngestSettings ingestSettings =
      IngestSettings.from(new SettingsReader(Map.of(), "ingest"));
  private final SimulatedKafka kafka;
  private final People people;
  private final SimulatedClock clock = new SimulatedClock();
  private final List<DriftEvent> told = new ArrayList<>();
  private final SimulatedNodes nodes;
  private Optional<SimulatedIngest> ingest = Optional.empty();
  private Optional<SimulatedLearner> learner = Optional.empty();
  private Optional<SimulatedLearner> twin = Optional.empty();
  private Optional<SimulatedMonitoring> monitoring = Optional.empty();
  private int deaths;
  private boolean quiet;

  Simulation(long seed, Set<Sabotage> sabotage) {
    random = new SplittableRandom(seed);
    this.sabotage = Set.copyOf(sabotage);
    kafka = new SimulatedKafka(TOPICS);
    people = new People(kafka, random.split(), clock);
    Map<String, String> settings = new HashMap<>();
    settings.put("learner.round.max-examples", one("1", "3", "8"));
    settings.put("learner.checkpoint.every-rounds", one("1", "2", "5", "1000"));
    settings.put("learner.checkpoint.idle-millis", one("0", "1000", "60000"));
    settings.put("learner.rehearsal.idle", one("true", "false"));
    settings.put("learner.publish.min-interval-millis", one("0", "200"));
    settings.put("learner.publish.keep-versions", one("1", "2", "5"));
    learnerSettings = LearnerSettings.from(new SettingsReader(settings, "learner"));
    nodes = new SimulatedNodes(kafka, random, clock, this::interrupt, sabotage);
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /**
   * Runs the schedule and lets everything come to rest undisturbed.
   *
   * @return what the topics say then, to be held against what is due
   */
  Findings run() {
    for (int step = 0; step < STEPS; step++) {
      step();
    }
    quiet = true;
    people.finish();
    rest();
    return new Findings(kafka, people, monitoring.orElseThrow(), told, clock);
  }

  /** How often a service died. */
  int deaths() {
    return deaths;
  }

  private void step() {
    int drawn = random.nextInt(100);
    if (drawn < 34) {
      people.act();
    } else if (drawn < 40) {
      clock.advance(random.nextInt(500));
    } else if (drawn < 42) {
      learner.ifPresent(current -> disturbed(current::join));
    } else if (drawn < 43) {
      endLearner();
    } else if (drawn < 44) {
      twin = learner;
      learner = Optional.empty();
      startLearner();
    } else if (drawn < 45) {
      kafka.forget(SimulatedLearner.GROUP);
    } else if (drawn < 47) {
      nodes.move();
    } else if (drawn < 48) {
      nodes.end(random.nextInt(SimulatedNodes.COUNT), this::disturbed);
    } else if (drawn < 49) {
      monitoring = Optional.empty();
    } else {
      turn(random.nextInt(10));
    }
  }

  private void turn(int of) {
    if (of < 2) {
      turnIngest();
    } else if (of < 5) {
      turnLearner();
    } else if (of < 6) {
      twin.ifPresent(this::turn);
    } else if (of < 9) {
      nodes.turn(random.nextInt(SimulatedNodes.COUNT), this::disturbed);
    } else {
      turnMonitoring();
    }
  }

  /** Whether it went on; what was killed or gave up did not. */
  private boolean disturbed(Runnable step) {
    try {
      step.run();
      return true;
    } catch (Crash | KafkaException e) {
      deaths++;
      return false;
    }
  }

  private void turnIngest() {
    if (ingest.isEmpty()) {
      ingest =
          Optional.of(
              new SimulatedIngest(
                  kafka,
                  ingestSettings,
                  clock.instant(),
                  this::kill,
                  sabotage.contains(Sabotage.INGEST_LOSES)));
    }
    SimulatedIngest current = ingest.orElseThrow();
    int choice = random.nextInt(8);
    int most = 1 + random.nextInt(4);
    if (!disturbed(() -> current.turn(clock.instant(), choice, most))) {
      current.close();
      ingest = Optional.empty();
    }
  }

  private void startLearner() {
    disturbed(
        () ->
            learner =
                Optional.of(
                    new SimulatedLearner(
                        kafka, learnerSettings, clock, this::interrupt, sabotage)));
  }

  private void turnLearner() {
    if (learner.isEmpty()) {
      startLearner();
    }
    learner.ifPresent(this::turn);
  }

  private void turn(SimulatedLearner of) {
    if (!disturbed(of::turn)) {
      learner = learner.filter(current -> current != of);
      twin = twin.filter(current -> current != of);
    }
    if (of.mismatches() > 0) {
      throw new IllegalStateException("a learner came to other weights than its journal says");
    }
  }

  private void endLearner() {
    learner.ifPresent(current -> disturbed(current::close));
    learner = Optional.empty();
  }

  private void turnMonitoring() {
    if (monitoring.isEmpty()) {
      monitoring = Optional.of(new SimulatedMonitoring(kafka, told, clock));
    }
    monitoring.orElseThrow().turn();
  }

  private void kill(Moment moment) {
    if (!quiet && random.nextInt(60) == 0) {
      throw new Crash();
    }
  }

  private void interrupt(Moment moment) {
    kill(moment);
    int drawn = quiet ? 100 : random.nextInt(100);
    boolean open = moment != Moment.POLL && moment != Moment.BEGIN;
    boolean atTheEnd = moment == Moment.COMMIT || moment == Moment.COMMITTED;
    if (open && moment != Moment.COMMITTED && drawn < 3) {
      throw drawn == 0
          ? new CommitFailedException("simulated")
          : new TransactionAbortableException("simulated");
    }
    if (atTheEnd && drawn < 6) {
      throw new TimeoutException("simulated");
    }
    if (drawn == 7) {
      nodes.move();
    }
  }

  /** Lets every service work until nothing is left to do. */
  private void rest() {
    twin.ifPresent(this::turn);
    endLearner();
    until("ingest has read all", this::turnIngest, () -> ingest.orElseThrow().atEnd());
    ingest.orElseThrow().close();
    for (int rest = 0; rest < 3; rest++) {
      untilQuiet();
      clock.advance(100_000);
    }
    endLearner();
    until(
        "serving has read all",
        () -> {
          for (int node = 0; node < SimulatedNodes.COUNT; node++) {
            nodes.turn(node, this::disturbed);
          }
        },
        () ->
            kafka.of(DocumentTopics.DOCUMENTS.name()).stream()
                .allMatch(p -> kafka.position(SimulatedServing.GROUP, p) == kafka.end(p)));
    turnMonitoring();
  }

  private void untilQuiet() {
    long[] before = {-1, 0};
    until(
        "the learner has nothing to do",
        this::turnLearner,
        () -> {
          long now = kafka.size();
          before[1] = now == before[0] ? before[1] + 1 : 0;
          before[0] = now;
          return before[1] > 5;
        });
  }

  private static void until(String what, Runnable turn, BooleanSupplier done) {
    for (int turns = 0; turns < MOST_TURNS; turns++) {
      turn.run();
      if (done.getAsBoolean()) {
        return;
      }
    }
    throw new IllegalStateException("expected that %s within %d turns".formatted(what, MOST_TURNS));
  }
}
