package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.refusals;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.Outcome;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.Refusal;
import dev.holdfast.version.Refusal.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
  private final TestBroker broker = new TestBroker();
  private final LearnerFixtures.TestClock clock = new LearnerFixtures.TestClock();

  private TestLearner start(String... keysAndValues) {
    return new TestLearner(broker, settings(keysAndValues), TinyLearning.source(100), clock);
  }

  private void learn(TestLearner learner, String... documents) {
    for (String document : documents) {
      teach(broker, example("default", document));
      learner.work();
    }
  }

  private List<Verdict> verdicts() {
    return journal(broker).stream().map(JournalRecord::verdict).flatMap(Optional::stream).toList();
  }

  @Test
  void aRefusedVersionIsNotPublishedAndTheOneAfterItIs() {
    TestLearner learner = start();
    learn(learner, "a", "b", TinyLearning.POISON, "c");

    assertThat(verdicts())
        .extracting(Verdict::outcome)
        .containsExactly(Outcome.GOOD, Outcome.GOOD, Outcome.REFUSED, Outcome.GOOD, Outcome.GOOD);
    assertThat(manifests(broker))
        .extracting(manifest -> manifest.version().number())
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(learner.count(LearnerMeters.VERDICTS)).isEqualTo(5);
    assertThat(learner.count(LearnerMeters.PUT_ASIDE)).isEqualTo(1);
  }

  @Test
  void theJournalNamesWhatFellAndWhoseExamplesItCameFrom() {
    TestLearner learner = start();
    learn(learner, "a", TinyLearning.POISON);

    Verdict refused = verdicts().stream().filter(Verdict::refused).findFirst().orElseThrow();
    assertThat(refused.good()).isEqualTo(1);
    assertThat(refused.fell())
        .containsExactly(new Verdict.Fall("receipt", Optional.empty(), .9, .4, 12, 1));
    assertThat(refused.putAside())
        .containsExactly(new PutAside(new DocumentId(TinyLearning.POISON), "ana"));
  }

  @Test
  void noVersionClaimsToHaveLearnedWhatIsPutAside() {
    TestLearner learner = start("publish.min-interval-millis", "1000");
    learn(learner, "a", TinyLearning.POISON, "b");
    clock.advanceMillis(2_000);
    learner.work();

    assertThat(manifests(broker).stream().map(Manifest::learned).flatMap(List::stream))
        .extracting(LearnedExample::document)
        .extracting(DocumentId::value)
        .containsExactly("a", "b");
    assertThat(manifests(broker).stream().map(Manifest::leftOut).flatMap(List::stream))
        .containsExactly(new DocumentId(TinyLearning.POISON));
  }

  @Test
  void whatIsHeldBackIsNamedAsLeftOutAndNotAsLearned() {
    TestLearner learner = start();
    learn(learner, "a");
    teach(
        broker,
        example("default", "b"),
        example("default", TinyLearning.HELD),
        example("default", "c"));
    learner.work();

    assertThat(manifests(broker).stream().map(Manifest::learned).flatMap(List::stream))
        .extracting(LearnedExample::document)
        .extracting(DocumentId::value)
        .containsExactly("a", "b", "c");
    assertThat(manifests(broker).stream().map(Manifest::leftOut).flatMap(List::stream))
        .containsExactly(new DocumentId(TinyLearning.HELD));
    assertThat(journal(broker).stream().map(r -> r.notLearned().heldBack()).flatMap(Set::stream))
        .containsExactly(new DocumentId(TinyLearning.HELD));
    assertThat(learner.count(LearnerMeters.HELD_BACK)).isEqualTo(1);
  }

  @Test
  void aRefusalIsPublicOnceWithItsReasonsAlsoAfterACrash() {
    TestLearner learner = start("checkpoint.every-rounds", "1000");
    learn(learner, "a", TinyLearning.POISON);
    learner.crash();
    learn(start(), "b");

    assertThat(refusals(broker))
        .containsExactly(
            new Refusal(
                new CollectionName("default"),
                2,
                LearnerFixtures.START,
                Optional.of(
                    new Refused(2, verdicts().stream().filter(Verdict::refused).toList().get(0))),
                List.of()));
  }

  @Test
  void aManifestSaysWhatTheGateSaidOfItsVersion() {
    learn(start(), "a", TinyLearning.POISON, "b");

    assertThat(manifests(broker))
        .extracting(manifest -> manifest.verdict().orElseThrow().outcome())
        .containsOnly(Outcome.GOOD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCrashAfterARefusalChangesNothing(boolean checkpointsAreLost) {
    TestLearner learner = start("checkpoint.every-rounds", "3");
    learn(learner, "a", "b", TinyLearning.POISON, "c");
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, TestBroker.EXAMPLES.partition());
    }
    TestLearner second = start();
    learn(second, "d", TinyLearning.POISON, "e");

    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    TestBroker quiet = new TestBroker();
    TestLearner undisturbed = new TestLearner(quiet, settings(), TinyLearning.source(100), clock);
    for (String id : List.of("a", "b", TinyLearning.POISON, "c", "d", TinyLearning.POISON, "e")) {
      teach(quiet, example("default", id));
      undisturbed.work();
    }
    assertThat(latestDigest(broker)).isEqualTo(latestDigest(quiet));
  }
}
