package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
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

  private static void unlearn(TestLearner learner, String document) {
    learner.obey("{\"action\":\"unlearn\",\"document\":\"" + document + "\"}");
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  @Test
  void versionsThatHadLearnedItAreTakenOffKafkaUnlessOneIsPinned() {
    TestLearner learner = start();
    learner.learn("a", "b", "c", "d");
    learner.obey("{\"action\":\"pin\",\"version\":3}");
    unlearn(learner, "b");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .filteredOn(key -> key.endsWith(" erased"))
        .containsExactlyInAnyOrder(
            "default/000000000002/00000 erased",
            "default/000000000002/manifest erased",
            "default/000000000004/00000 erased",
            "default/000000000004/manifest erased");
    learner.obey("{\"action\":\"rollback\",\"version\":4}");
    assertThat(orders().get(2).refused()).contains("unknown_version");
  }

  @Test
  void aPinnedVersionThatHadLearnedItLeadsNowhereAndGoesWhenItIsUnpinned() {
    TestLearner learner = start();
    learner.learn("a", "b", "c");
    learner.obey("{\"action\":\"pin\",\"version\":3}");
    unlearn(learner, "b");
    learner = start();
    learner.obey("{\"action\":\"rollback\",\"version\":3}");
    assertThat(orders().get(2).refused()).contains("unknown_version");
    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .doesNotContain("default/000000000003/manifest erased");

    learner.obey("{\"action\":\"unpin\"}");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .contains("default/000000000003/00000 erased", "default/000000000003/manifest erased");
  }

  @Test
  void aPinnedVersionThatHadNotLearnedItStaysWhenItIsUnpinned() {
    TestLearner learner = start();
    learner.learn("a", "b", "c");
    learner.obey("{\"action\":\"pin\",\"version\":1}");
    unlearn(learner, "b");
    learner.obey("{\"action\":\"unpin\"}");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .doesNotContain("default/000000000001/manifest erased");
  }

  @Test
  void versionsThatHadLearnedItAreTakenOffKafkaAlsoWhereARollbackGaveThemUp() {
    TestLearner learner = start();
    learner.learn("a", "b", "c");
    learner.obey("{\"action\":\"rollback\",\"version\":2}");
    learner.learn("d");
    Digest without = latestDigest(broker);
    unlearn(learner, "c");
    learner.obey("{\"action\":\"rollback\",\"version\":3}");

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
