package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Chunks;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelParts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreTest {
  private static final int PARTITION = TestBroker.EXAMPLES.partition();
  private static final String[] DOCUMENTS = {"a", "b", "c", "d", "e", "a", "f"};

  /** Its checkpoints have two chunks. */
  private static final Learning.Source LEARNERS =
      TinyLearning.source(Chunks.MAX_BYTES / Float.BYTES + 100);

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start(String... settings) {
    return new TestLearner(broker, settings(settings), LEARNERS, clock);
  }

  /** What one life that nothing disturbs makes of the documents. */
  private Digest undisturbed() {
    TestBroker quiet = new TestBroker();
    TestLearner learner = new TestLearner(quiet, settings(), LEARNERS, clock);
    for (String document : DOCUMENTS) {
      teach(quiet, example("default", document));
      learner.work();
    }
    return latestDigest(quiet);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000})
  void manyCrashesLeadToTheSameWeights(int checkpointEvery) {
    for (String document : DOCUMENTS) {
      TestLearner learner = start("checkpoint.every-rounds", Integer.toString(checkpointEvery));
      teach(broker, example("default", document));
      learner.work();
      assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
      learner.crash();
    }

    assertThat(latestDigest(broker)).isEqualTo(undisturbed());
    assertThat(manifests(broker))
        .extracting(m -> m.version().number())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void cleanEndsLeaveNothingToDoAgain() {
    for (String document : DOCUMENTS) {
      TestLearner learner = start();
      teach(broker, example("default", document));
      learner.work();
      assertThat(learner.count(LearnerMeters.RELEARNED)).isZero();
      learner.close();
    }

    assertThat(latestDigest(broker)).isEqualTo(undisturbed());
  }

  @Test
  void restoringTwiceGivesTheSameWeights() {
    TestLearner learner = start("rehearsal.idle", "true");
    for (String document : DOCUMENTS) {
      teach(broker, example("default", document), example("other", document));
      learner.work();
    }
    learner.crash();

    assertThat(restoredDigest("default")).isEqualTo(restoredDigest("default"));
    assertThat(restoredDigest("default"))
        .isEqualTo(
            manifests(broker).stream()
                .filter(manifest -> manifest.version().collection().value().equals("default"))
                .reduce((first, second) -> second)
                .orElseThrow()
                .digest());
  }

  private Digest restoredDigest(String collection) {
    Restored restored = restore(new SimpleMeterRegistry());
    LiveLineage lineage = restored.lineages().get(new CollectionName(collection));
    return ModelParts.split(lineage.learning().weights()).content().digest();
  }

  private Restored restore(SimpleMeterRegistry registry) {
    return new Restore(
            new LogReader(broker.log(), broker.ends()),
            LEARNERS,
            new LearnerMeasurements(registry),
            clock,
            () -> false)
        .restore(PARTITION);
  }

  @Test
  void versionNumbersContinueAfterRestart() {
    TestLearner first = start();
    teach(broker, example("default", "a"));
    first.work();
    first.crash();
    TestLearner second = start();
    teach(broker, example("default", "b"));
    second.work();

    assertThat(manifests(broker)).extracting(m -> m.version().number()).containsExactly(1L, 2L);
    assertThat(manifests(broker)).extracting(m -> m.parent()).containsExactly(0L, 1L);
    assertThat(journal(broker)).extracting(r -> r.key().round()).containsExactly(1L, 2L);
  }

  @Test
  void withoutJournalEverythingIsLearnedAgainAndNumbersGoOn() {
    TestLearner first = start();
    teach(broker, example("default", "a"));
    first.work();
    teach(broker, example("default", "b"));
    first.work();
    first.close();
    broker.delete(LearnerTopics.JOURNAL, PARTITION);
    broker.delete(LearnerTopics.STATE, PARTITION);

    TestLearner second = start();
    second.work();

    assertThat(second.count(LearnerMeters.EXAMPLES)).isEqualTo(2);
    assertThat(manifests(broker)).extracting(m -> m.version().number()).containsExactly(1L, 2L, 3L);
    assertThat(manifests(broker).get(2).parent()).isEqualTo(2);
  }

  @Test
  void aPartialCheckpointIsIgnored() {
    TestLearner first = start();
    teach(broker, example("default", "a"));
    first.work();
    first.close();
    TestLearner second = start();
    teach(broker, example("default", "b"));
    second.work();
    second.crash();
    CheckpointKey later = CheckpointKey.chunk(new RoundKey(new CollectionName("default"), 2), 0);
    broker.append(LearnerTopics.STATE, PARTITION, later, new byte[100], 0);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    Restored restored = restore(registry);

    LiveLineage lineage = restored.lineages().get(new CollectionName("default"));
    assertThat(lineage.checkpoints().get(0).round().round()).isEqualTo(1);
    assertThat(lineage.lineage().counters().rounds()).isEqualTo(2);
    assertThat(count(registry, LearnerMeters.UNUSABLE_CHECKPOINTS)).isZero();
    assertThat(ModelParts.split(lineage.learning().weights()).content().digest())
        .isEqualTo(latestDigest(broker));
  }

  @Test
  void aDamagedCheckpointGivesWayToTheJournal() {
    TestLearner first = start();
    for (String document : DOCUMENTS) {
      teach(broker, example("default", document));
      first.work();
    }
    first.close();
    CheckpointKey head = CheckpointKey.head(new RoundKey(new CollectionName("default"), 7));
    List<byte[]> state = broker.values(LearnerTopics.STATE, PARTITION);
    byte[] written = state.get(state.size() - 1);
    // Without its chunks, as if they had been lost.
    broker.append(LearnerTopics.STATE, PARTITION, head, written, 0);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    LiveLineage lineage = restore(registry).lineages().get(new CollectionName("default"));

    assertThat(count(registry, LearnerMeters.UNUSABLE_CHECKPOINTS)).isEqualTo(1);
    assertThat(count(registry, LearnerMeters.RELEARNED)).isEqualTo(7);
    assertThat(ModelParts.split(lineage.learning().weights()).content().digest())
        .isEqualTo(latestDigest(broker));
  }

  @Test
  void aLearnerWhoseCheckpointsWereLostIsSavedWithItsNextRound() {
    TestLearner first = start("publish.min-interval-millis", "1000");
    teach(broker, example("default", "a"));
    first.work();
    teach(broker, example("default", "b"));
    first.work();
    assertThat(manifests(broker)).as("b waits to be published").hasSize(1);
    first.crash();
    broker.delete(LearnerTopics.STATE, PARTITION);
    TestLearner second = start("publish.min-interval-millis", "1000");
    second.work();
    assertThat(journal(broker)).last().extracting(JournalRecord::kind).isEqualTo(Kind.PUBLISH);
    second.crash();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    LiveLineage lineage = restore(registry).lineages().get(new CollectionName("default"));

    assertThat(count(registry, LearnerMeters.MISMATCHES)).isZero();
    assertThat(count(registry, LearnerMeters.RELEARNED)).isZero();
    assertThat(ModelParts.split(lineage.learning().weights()).content().digest())
        .isEqualTo(latestDigest(broker));
  }

  @Test
  void otherWeightsAreReportedAndTheLineageGoesOn() {
    TestLearner first = start();
    teach(broker, example("default", "a"));
    first.work();
    first.crash();

    TestLearner second = new TestLearner(broker, settings(), TinyLearning.source(7), clock);
    teach(broker, example("default", "b"));
    second.work();

    assertThat(second.count(LearnerMeters.MISMATCHES)).isEqualTo(1);
    assertThat(manifests(broker)).extracting(m -> m.version().number()).containsExactly(1L, 2L);
  }

  @Test
  void examplesThatAreGoneAreReportedAndTheLineageGoesOn() {
    TestLearner first = start();
    teach(broker, example("default", "a"));
    first.work();
    teach(broker, example("default", "b"));
    first.work();
    first.crash();
    broker.cut(DocumentTopics.EXAMPLES, PARTITION, 1);
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    LiveLineage lineage = restore(registry).lineages().get(new CollectionName("default"));

    assertThat(count(registry, LearnerMeters.MISMATCHES)).isEqualTo(1);
    assertThat(lineage.lineage().version()).isEqualTo(2);
  }

  @Test
  void examplesThatWereLearnedAreNotLearnedAgainWhenTheGroupHasLostItsOffsets() {
    TestLearner first = start();
    teach(broker, example("default", "a"), example("default", "b"));
    first.work();
    first.crash();
    broker.loseOffsets();

    TestLearner second = start();
    second.work();

    assertThat(second.count(LearnerMeters.EXAMPLES)).isZero();
    assertThat(journal(broker)).hasSize(1);
  }

  @Test
  void rehearsalIsDoneAgainToo() {
    TestLearner first = start("rehearsal.idle", "true");
    for (String document : DOCUMENTS) {
      teach(broker, example("default", document));
      first.work();
    }
    first.crash();
    SimpleMeterRegistry registry = new SimpleMeterRegistry();

    restore(registry);

    assertThat(count(registry, LearnerMeters.RELEARNED)).isEqualTo(7 + 14);
    assertThat(count(registry, LearnerMeters.MISMATCHES)).isZero();
  }

  @Test
  void whatAnEarlierLifeHasLearnedButNotPublishedIsPublished() {
    TestLearner first = start("publish.min-interval-millis", "1000");
    teach(broker, example("default", "a"));
    first.work();
    teach(broker, example("default", "b"));
    first.work();
    first.crash();
    assertThat(manifests(broker)).hasSize(1);

    start("publish.min-interval-millis", "1000").work();

    assertThat(manifests(broker)).hasSize(2);
    assertThat(manifests(broker).get(1).learned()).hasSize(1);
  }

  @Test
  void theJournalIsReadFromWhereItMatters() {
    TestLearner learner = start("checkpoint.every-rounds", "2");
    for (String document : DOCUMENTS) {
      teach(broker, example("default", document));
      learner.work();
    }
    learner.crash();
    CheckpointReader checkpoints =
        new CheckpointReader(new LearnerMeasurements(new SimpleMeterRegistry()));
    new LogReader(broker.log(), broker.ends())
        .read(
            LearnerTopics.STATE,
            PARTITION,
            0,
            (place, key, value) -> checkpoints.accept(key, value));

    assertThat(checkpoints.journalFrom()).isEqualTo(5);
  }

  private static double count(SimpleMeterRegistry registry, LearnerMeters meter) {
    return registry.get(meter.declared().name()).counter().count();
  }
}
