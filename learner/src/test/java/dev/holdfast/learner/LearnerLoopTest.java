package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Source;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelTopics;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

class LearnerLoopTest {
  private static final int PARTITION = TestBroker.EXAMPLES.partition();

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start(String... settings) {
    return new TestLearner(broker, settings(settings), TinyLearning.source(100), clock);
  }

  @Test
  void offsetsJournalAndVersionCommitTogether() {
    teach(broker, example("default", "a"), example("default", "b"));

    start().work();

    assertThat(broker.producer().commitCount()).isEqualTo(1);
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(2));
    assertThat(journal(broker))
        .singleElement()
        .satisfies(
            round -> {
              assertThat(round.key()).hasToString("default/000000000001");
              assertThat(round.kind()).isEqualTo(Kind.LEARN);
              assertThat(round.from()).isEqualTo(0);
              assertThat(round.to()).isEqualTo(2);
              assertThat(round.examples()).isEqualTo(2);
              assertThat(round.published().orElseThrow().version()).isEqualTo(1);
            });
    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .containsExactly("default/000000000001/00000", "default/000000000001/manifest");
  }

  @Test
  void aRoundThatDoesNotCommitLeavesNothing() {
    teach(broker, example("default", "a"));
    TestLearner learner = start("max-aborts", "0");
    broker.producer().commitTransactionException = new KafkaException("injected");

    assertThatThrownBy(learner::work).hasMessage("injected");

    assertThat(broker.committed(TestBroker.EXAMPLES)).isNull();
    assertThat(journal(broker)).isEmpty();
    assertThat(broker.keys(ModelTopics.MODELS, 0)).isEmpty();
    assertThat(broker.keys(LearnerTopics.STATE, PARTITION)).isEmpty();
  }

  @Test
  void fencedLearnerPublishesNothing() {
    teach(broker, example("default", "a"));
    TestLearner learner = start();
    broker.producer().fenceProducer();

    assertThatThrownBy(learner::work).isInstanceOf(ProducerFencedException.class);

    assertThat(broker.committed(TestBroker.EXAMPLES)).isNull();
    assertThat(broker.keys(ModelTopics.MODELS, 0)).isEmpty();
  }

  @Test
  void aLearnerWithoutPermissionDoesNotTryAgain() {
    teach(broker, example("default", "a"));
    TestLearner learner = start();
    broker.producer().commitTransactionException = new TopicAuthorizationException("models");

    assertThatThrownBy(learner::work).isInstanceOf(TopicAuthorizationException.class);

    assertThat(learner.count(LearnerMeters.ABORTS)).isZero();
  }

  @Test
  void abortedRoundIsLearnedOnceAfterRestore() {
    TestBroker undisturbed = new TestBroker();
    teach(undisturbed, example("default", "a"));
    new TestLearner(undisturbed, settings(), TinyLearning.source(100), clock).work();
    teach(broker, example("default", "a"));
    TestLearner learner = start();
    broker.producer().commitTransactionException = new KafkaException("injected");

    learner.turn();
    learner.turn();
    broker.producer().commitTransactionException = null;
    learner.work();

    assertThat(learner.count(LearnerMeters.ABORTS)).isPositive();
    assertThat(learner.count(LearnerMeters.EXAMPLES)).isEqualTo(1);
    assertThat(journal(broker)).isEqualTo(journal(undisturbed));
    assertThat(manifests(broker)).isEqualTo(manifests(undisturbed));
  }

  @Test
  void oldVersionsAreErasedWithTheVersionThatTakesTheirPlace() {
    TestLearner learner = start("publish.keep-versions", "2");
    for (String document : new String[] {"a", "b", "c"}) {
      teach(broker, example("default", document));
      learner.work();
    }

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .containsExactly(
            "default/000000000001/00000",
            "default/000000000001/manifest",
            "default/000000000002/00000",
            "default/000000000002/manifest",
            "default/000000000003/00000",
            "default/000000000003/manifest",
            "default/000000000001/manifest erased",
            "default/000000000001/00000 erased");
    assertThat(broker.producer().commitCount()).isEqualTo(3);
  }

  @Test
  void aManifestNamesWhatItsVersionHasLearned() {
    teach(broker, example("default", "a"));
    TestLearner learner = start();
    learner.work();
    teach(broker, example("default", "b"), example("default", "c"));
    learner.work();

    Manifest manifest = manifests(broker).get(1);
    assertThat(manifest.parent()).isEqualTo(1);
    assertThat(manifest.learned())
        .containsExactly(
            new LearnedExample(new DocumentId("b"), "ana", LearnerFixtures.START),
            new LearnedExample(new DocumentId("c"), "ana", LearnerFixtures.START));
    assertThat(manifest.counters().examples()).isEqualTo(3);
    assertThat(manifest.provenance().partition()).isEqualTo(PARTITION);
    assertThat(manifest.provenance().offset()).isEqualTo(3);
  }

  @Test
  void versionsKeepTheirDistanceAndTheLastOneComesByItself() {
    TestLearner learner = start("publish.min-interval-millis", "200");
    for (String document : new String[] {"a", "b", "c"}) {
      teach(broker, example("default", document));
      learner.work();
    }
    assertThat(manifests(broker)).hasSize(1);

    clock.advanceMillis(200);
    learner.work();

    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .containsExactly(Kind.LEARN, Kind.LEARN, Kind.LEARN, Kind.PUBLISH);
    assertThat(manifests(broker)).hasSize(2);
    assertThat(manifests(broker).get(1).learned())
        .extracting(LearnedExample::document)
        .containsExactly(new DocumentId("b"), new DocumentId("c"));
  }

  @Test
  void whatNobodyTaughtIsCountedAndNotLearned() {
    teach(
        broker,
        example("default", "a", new Source("model")),
        example("default", "b"),
        example("default", "c", new Source("model")));
    TestLearner learner = start();

    learner.work();

    assertThat(learner.count(LearnerMeters.NOT_TAUGHT)).isEqualTo(2);
    assertThat(journal(broker)).extracting(JournalRecord::examples).containsExactly(1);
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(3));
  }

  @Test
  void ofADocumentThatIsAnnotatedAgainOnlyTheLastIsLearned() {
    teach(broker, example("default", "a"), example("default", "b"), example("default", "a"));

    start().work();

    assertThat(journal(broker))
        .singleElement()
        .satisfies(
            round -> {
              assertThat(round.examples()).isEqualTo(2);
              assertThat(round.to()).isEqualTo(3);
            });
    assertThat(manifests(broker).get(0).learned())
        .extracting(LearnedExample::document)
        .containsExactly(new DocumentId("b"), new DocumentId("a"));
  }

  @Test
  void collectionsTakeTurnsAndOffsetsWaitForTheSlowest() {
    teach(
        broker,
        example("x", "1"),
        example("x", "2"),
        example("x", "3"),
        example("y", "1"),
        example("y", "2"));
    TestLearner learner = start("round.max-examples", "2");
    learner.turn(); // joins and restores
    learner.turn(); // one round
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(0));

    learner.work();

    assertThat(journal(broker))
        .extracting(round -> round.key().toString() + " " + round.examples())
        .containsExactly("y/000000000001 2", "x/000000000001 2", "x/000000000002 1");
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(5));
  }

  @Test
  void anIdleLearnerRehearsesAndBecomesQuiet() {
    teach(broker, example("default", "a"), example("default", "b"));
    TestLearner learner = start("rehearsal.idle", "true");

    learner.work();
    clock.advanceMillis(10_000);
    learner.work();

    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .containsExactly(Kind.LEARN, Kind.REHEARSE, Kind.REHEARSE, Kind.REHEARSE, Kind.REHEARSE);
    assertThat(journal(broker).get(4).published()).isPresent();
    assertThat(manifests(broker)).hasSize(2);
    assertThat(manifests(broker).get(1).learned()).isEmpty();
  }

  @Test
  void rehearsalIsBounded() {
    teach(broker, example("default", "a"), example("default", "b"));

    start("rehearsal.idle", "true", "rehearsal.max-helpings", "3").work();

    assertThat(journal(broker)).filteredOn(round -> round.kind() == Kind.REHEARSE).hasSize(3);
  }

  @Test
  void newExamplesInterruptRehearsal() {
    teach(broker, example("default", "a"), example("default", "b"));
    TestLearner learner = start("rehearsal.idle", "true");
    while (journal(broker).size() < 2) {
      learner.turn();
    }

    teach(broker, example("default", "c"));
    learner.work();

    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .startsWith(Kind.LEARN, Kind.REHEARSE, Kind.LEARN, Kind.REHEARSE);
  }
}
