package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.ask;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators asked before a crash still holds after it. */
class ObedienceAfterACrashTest {
  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start(String... settings) {
    return new TestLearner(broker, settings(settings), TinyLearning.source(100), clock);
  }

  /** One version for each document. */
  private void learn(TestLearner learner, String... documents) {
    for (String document : documents) {
      teach(broker, example("default", document));
      learner.work();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoIsTrustedAgainIsSoAlsoAfterACrash(boolean checkpointsAreLost) {
    // The third round is the last that a checkpoint has: trust is given again by the journal.
    TestLearner learner = start("checkpoint.every-rounds", "3");
    learn(learner, "a", "b", "c");
    ask(broker, trust("ana"));
    ask(broker, trust("ben"));
    learner.work();
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, TestBroker.EXAMPLES.partition());
    }
    TestLearner second = start();
    learn(second, "d");

    assertThat(second.count(LearnerMeters.RELEARNED)).isEqualTo(checkpointsAreLost ? 5 : 2);
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(journal(broker).stream().flatMap(round -> round.order().stream()))
        .extracting(Order::refused)
        .containsExactly(Optional.empty(), Optional.of("unknown_annotator"));
    assertThat(latestDigest(broker))
        .isEqualTo(undisturbed("a", "b", "c", trust("ana"), trust("ben"), "d"))
        .isNotEqualTo(undisturbed("a", "b", "c", "d"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCrashAfterARollbackChangesNothing(boolean checkpointsAreLost) {
    TestLearner learner = start("checkpoint.every-rounds", "2");
    learn(learner, "a", "b", "c", "d");
    ask(broker, rollback(2));
    learner.work();
    learn(learner, "e");
    ask(broker, rollback(4));
    learner.work();
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, TestBroker.EXAMPLES.partition());
    }
    TestLearner second = start();
    learn(second, "f");

    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(manifests(broker))
        .extracting(Manifest::parent)
        .containsExactly(0L, 1L, 2L, 3L, 2L, 4L);
    assertThat(latestDigest(broker))
        .isEqualTo(undisturbed("a", "b", "c", "d", rollback(2), "e", rollback(4), "f"));
  }

  private static String trust(String annotator) {
    return "{\"action\":\"trust\",\"annotator\":\"%s\"}".formatted(annotator);
  }

  private static String rollback(long version) {
    return "{\"action\":\"rollback\",\"version\":%d}".formatted(version);
  }

  /** What one learner makes of the same documents and orders, one after the other. */
  private Digest undisturbed(String... documentsAndOrders) {
    TestBroker quiet = new TestBroker();
    TestLearner learner = new TestLearner(quiet, settings(), TinyLearning.source(100), clock);
    for (String next : documentsAndOrders) {
      if (next.startsWith("{")) {
        ask(quiet, next);
      } else {
        teach(quiet, example("default", next));
      }
      learner.work();
    }
    return latestDigest(quiet);
  }
}
