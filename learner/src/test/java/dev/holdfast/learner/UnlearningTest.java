package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a document that is to be forgotten or unlearned. */
class UnlearningTest {
  private static final int PARTITION = TestBroker.EXAMPLES.partition();

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start(String... settings) {
    return new TestLearner(broker, settings(settings), TinyLearning.source(100), clock);
  }

  private static void unlearn(TestLearner learner, String document) {
    learner.obey("{\"action\":\"unlearn\",\"document\":\"" + document + "\"}");
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  /**
   * The rounds of the journal done once more by hand.
   *
   * @param leftOut the documents that the round of this number has to leave out
   */
  private Digest byHand(Map<Integer, Set<String>> leftOut) {
    Learning learning = TinyLearning.source(100).begin();
    for (JournalRecord round : journal(broker)) {
      List<Example> examples = broker.examples((int) round.from(), (int) round.to());
      List<Example> rest =
          examples.stream()
              .filter(
                  example ->
                      !leftOut
                          .getOrDefault((int) round.key().round(), Set.of())
                          .contains(example.document().id().value()))
              .toList();
      if (round.kind() == Kind.LEARN && !rest.isEmpty()) {
        learning.learn(rest, round.seed());
      } else if (round.kind() == Kind.FORGET) {
        learning.forget(new DocumentKey(CollectionName.DEFAULT, round.forgotten().orElseThrow()));
      }
    }
    return ModelParts.split(learning.weights()).content().digest();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void theLearnerGoesOnAsIfItHadNeverLearnedTheDocument(int checkpointEvery) {
    TestLearner learner = start("checkpoint.every-rounds", Integer.toString(checkpointEvery));
    learner.learn("a", "b", "c", "d");
    unlearn(learner, "c");

    assertThat(manifests(broker)).hasSize(5);
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(3, Set.of("c"))));
    learner.learn("e");
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(3, Set.of("c"))));
    assertThat(manifests(broker).get(5).parent()).isEqualTo(5);
  }

  @Test
  void whatItCostIsInTheJournal() {
    TestLearner learner = start("checkpoint.every-rounds", "1", "publish.keep-versions", "100");
    learner.learn("a", "b", "c", "d");
    unlearn(learner, "c");

    Order order = orders().get(0);
    assertThat(order.unlearned()).contains(new DocumentId("c"));
    assertThat(order.backTo()).isEqualTo(2);
    assertThat(order.relearned())
        .hasValueSatisfying(cost -> assertThat(cost.rounds()).isEqualTo(2));
  }

  @Test
  void examplesBesideItInItsRoundAreLearned() {
    teach(broker, example("default", "a"), example("default", "b"), example("default", "a"));
    TestLearner learner = start();
    learner.work();
    unlearn(learner, "a");

    assertThat(journal(broker)).extracting(JournalRecord::examples).containsExactly(2, 0);
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(1, Set.of("a"))));
  }

  @ParameterizedTest
  @CsvSource({"1,true", "1,false", "2,true", "2,false", "1000,false"})
  void aCrashAfterwardsChangesNothing(int checkpointEvery, boolean checkpointsAreLost) {
    TestLearner learner = start("checkpoint.every-rounds", Integer.toString(checkpointEvery));
    learner.learn("a", "b", "c");
    unlearn(learner, "a");
    learner.learn("d");
    unlearn(learner, "c");
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, PARTITION);
    }
    TestLearner second = start();
    second.learn("e");

    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(1, Set.of("a"), 3, Set.of("c"))));
  }

  /** The newest checkpoint before the second one's first use has learned the first one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void severalAreUnlearnedInAnyOrder(int checkpointEvery) {
    TestLearner learner =
        start(
            "checkpoint.every-rounds",
            Integer.toString(checkpointEvery),
            "publish.keep-versions",
            "100");
    learner.learn("a", "b", "c", "d");
    unlearn(learner, "a");
    unlearn(learner, "c");
    unlearn(learner, "b");

    assertThat(latestDigest(broker))
        .isEqualTo(byHand(Map.of(1, Set.of("a"), 2, Set.of("b"), 3, Set.of("c"))));
    assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
  }

  @Test
  void aDocumentThatIsTaughtAgainAfterwardsIsLearnedAndCanBeUnlearnedAgain() {
    TestLearner learner = start("checkpoint.every-rounds", "1");
    learner.learn("a", "b");
    unlearn(learner, "a");
    learner.learn("a", "c");
    Digest again = latestDigest(broker);
    assertThat(again).isEqualTo(byHand(Map.of(1, Set.of("a"))));
    unlearn(learner, "a");

    assertThat(latestDigest(broker))
        .isEqualTo(byHand(Map.of(1, Set.of("a"), 4, Set.of("a"))))
        .isNotEqualTo(again);
  }

  @Test
  void whatWasNotLearnedIsRefused() {
    TestLearner learner = start();
    learner.learn("a", "b");
    unlearn(learner, "z");
    unlearn(learner, "a");
    unlearn(learner, "a");

    assertThat(orders())
        .extracting(Order::refused)
        .containsExactly(
            Optional.of("unknown_document"), Optional.empty(), Optional.of("unknown_document"));
    assertThat(manifests(broker)).hasSize(3);
  }

  @Test
  void roundsThatARollbackGaveUpStayGivenUp() {
    TestLearner learner = start("checkpoint.every-rounds", "1", "publish.keep-versions", "100");
    learner.learn("a", "b", "c");
    learner.obey("{\"action\":\"rollback\",\"version\":2}");
    learner.learn("d");
    unlearn(learner, "b");

    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(2, Set.of("b"), 3, Set.of("c"))));
    learner.crash();
    broker.delete(LearnerTopics.STATE, PARTITION);
    TestLearner second = start();
    second.learn("e");
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of(2, Set.of("b"), 3, Set.of("c"))));
  }

  @Test
  void aVersionThatUnlearnedNamesOnlyWhatItHasLearned() {
    TestLearner learner = start("publish.min-interval-millis", "10000");
    teach(broker, example("default", "a"));
    learner.work();
    teach(broker, example("default", "b"), example("default", "c"));
    learner.work();
    unlearn(learner, "b");

    Manifest manifest = manifests(broker).get(1);
    assertThat(manifest.learned())
        .extracting(learned -> learned.document().value())
        .containsExactly("c");
  }

  @Test
  void aForgottenDocumentIsRememberedNoMoreAlsoAfterACrash() {
    TestLearner learner = start("checkpoint.every-rounds", "2");
    learner.learn("a", "b");
    TestLearner.forget(broker, "default", "a");
    learner.work();
    learner.crash();
    TestLearner second = start();
    second.learn("c");

    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .containsExactly(Kind.LEARN, Kind.LEARN, Kind.FORGET, Kind.LEARN);
    assertThat(latestDigest(broker)).isEqualTo(byHand(Map.of()));
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(broker.committed(TestBroker.EXAMPLES).offset()).isEqualTo(4);
  }

  /** TinyLearning's weights say what it remembers. */
  @Test
  void aRollbackDoesNotBringBackWhatWasForgotten() {
    TestLearner learner = start("checkpoint.every-rounds", "1");
    learner.learn("a", "b");
    TestLearner.forget(broker, "default", "a");
    learner.learn("c");
    learner.obey("{\"action\":\"rollback\",\"version\":2}");
    learner.learn("d");
    Digest digest = latestDigest(broker);
    learner.crash();
    broker.delete(LearnerTopics.STATE, PARTITION);
    TestLearner second = start();
    second.learn("e");

    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(digest).isEqualTo(afterRollback());
  }

  private Digest afterRollback() {
    Learning learning = TinyLearning.source(100).begin();
    for (JournalRecord round : journal(broker)) {
      long number = round.key().round();
      if (number == 1 || number == 2 || number == 6) {
        learning.learn(broker.examples((int) round.from(), (int) round.to()), round.seed());
      }
      if (number == 3) {
        learning.forget(new DocumentKey(CollectionName.DEFAULT, new DocumentId("a")));
      }
    }
    return ModelParts.split(learning.weights()).content().digest();
  }

  @Test
  void whatIsForgottenInACollectionThatNobodyTaughtChangesNothing() {
    TestLearner learner = start();
    TestLearner.forget(broker, "other", "a");
    learner.learn("b");

    assertThat(journal(broker)).hasSize(1);
    assertThat(broker.committed(TestBroker.EXAMPLES).offset()).isEqualTo(2);
  }
}
