package dev.holdfast.simulation;

import dev.holdfast.audit.Audit;
import dev.holdfast.audit.Ledger;
import dev.holdfast.audit.Versions;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.learner.LearnerClients;
import dev.holdfast.learner.VersionHistory;
import dev.holdfast.monitoring.DriftEvent;
import dev.holdfast.monitoring.Scores;
import dev.holdfast.monitoring.Snapshot;
import dev.holdfast.version.ModelVersion;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** What the topics say at the end of a schedule, held against what is due. */
final class Findings {
  private final SimulatedKafka kafka;
  private final People people;
  private final SimulatedMonitoring monitoring;
  private final List<DriftEvent> told;
  private final InstantSource clock;
  private final List<String> all = new ArrayList<>();
  private Set<Action> obeyed = Set.of();

  /**
   * @param monitoring that has watched, at least from its last start on
   * @param told of drift
   */
  Findings(
      SimulatedKafka kafka,
      People people,
      SimulatedMonitoring monitoring,
      List<DriftEvent> told,
      InstantSource clock) {
    this.kafka = kafka;
    this.people = people;
    this.monitoring = monitoring;
    this.told = told;
    this.clock = clock;
  }

  /** All that is wrong. */
  List<String> all() {
    Ledger ledger = people.ledger();
    Versions versions = new Versions();
    Audit audit = new Audit(ledger, versions, document -> {});
    for (String topic : Audit.TOPICS) {
      kafka.of(topic).forEach(partition -> kafka.log(partition).forEach(audit::take));
    }
    obeyed = audit.obeyed();
    zero("extractions that never came", ledger.lost());
    zero("extractions that came again", ledger.duplicated());
    zero("examples learned twice", ledger.learnedTwice());
    zero("examples never learned", ledger.neverLearned());
    zero("documents that were not forgotten once", ledger.notForgotten());
    zero("orders that were not seen to once", ledger.unsettled());
    zero("refusals that were not told once", ledger.refusalsNotTold());
    zero("versions that go on from another than was asked for", versions.disobedient());
    zero("half versions", versions.half());
    zero("version numbers that are missing or came twice", versions.gaps());
    zero("digests that differ", versions.mismatches());
    rebuild(versions);
    watch();
    return all;
  }

  /** What was asked by orders that the learner has followed; known after {@link #all}. */
  Set<Action> obeyed() {
    return obeyed;
  }

  private void zero(String what, long count) {
    if (count != 0) {
      all.add("%d %s".formatted(count, what));
    }
  }

  /** What the log alone leads to is what was published. */
  private void rebuild(Versions versions) {
    try (VersionHistory history = new VersionHistory(new Readers(), ToyLearning.SOURCE)) {
      Set<ModelVersion> landmarks = versions.landmarks(1);
      Map<ModelVersion, VersionHistory.Rebuilt> again = history.rebuild(landmarks);
      for (ModelVersion version : landmarks) {
        VersionHistory.Rebuilt rebuilt = again.get(version);
        if (rebuilt == null || !versions.published(version, rebuilt.rebuilt())) {
          all.add("version %s comes out differently".formatted(version));
        }
      }
    }
  }

  private final class Readers implements LearnerClients {
    @Override
    public Consumer<CollectionName, Example> examples() {
      throw new AssertionError("nobody joins the group");
    }

    @Override
    public Consumer<byte[], byte[]> log() {
      return SimulatedConsumer.ofAnyTopic(kafka, Interruption.NONE);
    }

    @Override
    public Consumer<byte[], byte[]> ends() {
      return SimulatedConsumer.ofAnyTopic(kafka, Interruption.NONE);
    }

    @Override
    public Producer<byte[], byte[]> rounds() {
      throw new AssertionError("nobody writes");
    }
  }

  /** Whoever has watched while it happened has counted what one counts who reads it now. */
  private void watch() {
    Snapshot watched = monitoring.atEnd();
    long events = told.size();
    Snapshot now = new SimulatedMonitoring(kafka, told, clock).atEnd();
    Scores.Counts before = watched.scores().counts();
    Scores.Counts after = now.scores().counts();
    long extractions = before.extractions() + before.repeatedExtractions();
    if (extractions != after.extractions() + after.repeatedExtractions()
        || before.examples() != after.examples()
        || !watched.rejected().equals(now.rejected())) {
      all.add(
          "monitoring counted %s and %s, read again %s and %s"
              .formatted(before, watched.rejected(), after, now.rejected()));
    }
    zero("events of drift told again", told.size() - events);
  }
}
