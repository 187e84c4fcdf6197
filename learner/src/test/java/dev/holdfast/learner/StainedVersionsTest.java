package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelTopics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to versions that had learned a document when it is unlearned. */
class StainedVersionsTest {
  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start() {
    return new TestLearner(
        broker,
        settings("checkpoint.every-rounds", "1", "publish.keep-versions", "100"),
        TinyLearning.source(100),
        clock);
  }

  /** One version for each document. */
  private void learn(TestLearner learner, String... documents) {
    for (String document : documents) {
      teach(broker, example("default", document));
      learner.work();
    }
  }

  private void ask(TestLearner learner, String json) {
    TestLearner.ask(broker, json);
    learner.work();
  }

  private void unlearn(TestLearner learner, String document) {
    ask(learner, "{\"action\":\"unlearn\",\"document\":\"" + document + "\"}");
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  @Test
  void versionsThatHadLearnedItAreTakenOffKafkaUnlessOneIsPinned() {
    TestLearner learner = start();
    learn(learner, "a", "b", "c", "d");
    ask(learner, "{\"action\":\"pin\",\"version\":3}");
    unlearn(learner, "b");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .filteredOn(key -> key.endsWith(" erased"))
        .containsExactlyInAnyOrder(
            "default/000000000002/00000 erased",
            "default/000000000002/manifest erased",
            "default/000000000004/00000 erased",
            "default/000000000004/manifest erased");
    ask(learner, "{\"action\":\"rollback\",\"version\":4}");
    assertThat(orders().get(2).refused()).contains("unknown_version");
  }

  @Test
  void aPinnedVersionThatHadLearnedItLeadsNowhereAndGoesWhenItIsUnpinned() {
    TestLearner learner = start();
    learn(learner, "a", "b", "c");
    ask(learner, "{\"action\":\"pin\",\"version\":3}");
    unlearn(learner, "b");
    learner = start();
    ask(learner, "{\"action\":\"rollback\",\"version\":3}");
    assertThat(orders().get(2).refused()).contains("unknown_version");
    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .doesNotContain("default/000000000003/manifest erased");

    ask(learner, "{\"action\":\"unpin\"}");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .contains("default/000000000003/00000 erased", "default/000000000003/manifest erased");
  }

  @Test
  void aPinnedVersionThatHadNotLearnedItStaysWhenItIsUnpinned() {
    TestLearner learner = start();
    learn(learner, "a", "b", "c");
    ask(learner, "{\"action\":\"pin\",\"version\":1}");
    unlearn(learner, "b");
    ask(learner, "{\"action\":\"unpin\"}");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .doesNotContain("default/000000000001/manifest erased");
  }

  @Test
  void versionsThatHadLearnedItAreTakenOffKafkaAlsoWhereARollbackGaveThemUp() {
    TestLearner learner = start();
    learn(learner, "a", "b", "c");
    ask(learner, "{\"action\":\"rollback\",\"version\":2}");
    learn(learner, "d");
    Digest without = latestDigest(broker);
    unlearn(learner, "c");
    ask(learner, "{\"action\":\"rollback\",\"version\":3}");

    assertThat(orders())
        .extracting(Order::refused)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of("unknown_version"));
    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .contains("default/000000000003/00000 erased", "default/000000000003/manifest erased");
    assertThat(latestDigest(broker)).isEqualTo(without);
    unlearn(learner, "c");
    assertThat(orders().get(3).refused()).contains("unknown_document");
  }
}
