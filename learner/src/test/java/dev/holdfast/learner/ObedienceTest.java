package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObedienceTest {
  private static final int PARTITION = TestBroker.EXAMPLES.partition();

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start(String... settings) {
    return new TestLearner(broker, settings(settings), TinyLearning.source(100), clock);
  }

  private void ask(String json) {
    TestLearner.ask(broker, json);
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1_000})
  void afterARollbackTheLearnerGoesOnAsItWasThen(int checkpointEvery) {
    TestLearner learner = start("checkpoint.every-rounds", Integer.toString(checkpointEvery));
    learner.learn("a", "b", "c", "d");
    learner.obey(rollback(2));
    learner.learn("e");

    Manifest after = manifests(broker).get(4);
    assertThat(after.version().number()).isEqualTo(5);
    assertThat(after.parent()).isEqualTo(2);
    assertThat(after.obeyed()).isEqualTo(1);
    assertThat(after.learned()).hasSize(1);
    assertThat(after.digest()).isEqualTo(withoutWhatWasGivenUp());
  }

  /** The same rounds with the same numbers, but those that were given up learn nothing. */
  private Digest withoutWhatWasGivenUp() {
    Learning learning = TinyLearning.source(100).begin();
    for (JournalRecord round : journal(broker)) {
      long number = round.key().round();
      if (round.kind() == Kind.LEARN && number != 3 && number != 4) {
        int at = (int) round.from();
        learning.learn(
            List.of(broker.values(DocumentTopics.EXAMPLES, PARTITION).get(at)), round.seed());
      }
    }
    return ModelParts.split(learning.weights()).content().digest();
  }

  private static String rollback(long version) {
    return "{\"action\":\"rollback\",\"version\":%d}".formatted(version);
  }

  @Test
  void aRollbackPublishesNothingByItself() {
    TestLearner learner = start();
    learner.learn("a", "b");
    learner.obey(rollback(1));
    clock.advanceMillis(60_000);
    learner.work();

    assertThat(manifests(broker)).hasSize(2);
    assertThat(orders())
        .containsExactly(
            new Order(0, Optional.of(new Control(Action.ROLLBACK, 1)), Optional.empty(), 1));
  }

  @Test
  void whatLearningGoesOnFromIsShown() {
    TestLearner learner = start();
    learner.learn("a", "b");
    assertThat(learner.gauge(LearnerMeters.PARENT)).isEqualTo(2);

    learner.obey(rollback(1));

    assertThat(learner.gauge(LearnerMeters.VERSION)).isEqualTo(2);
    assertThat(learner.gauge(LearnerMeters.PARENT)).isEqualTo(1);
  }

  @Test
  void whatCannotBeDoneIsRefusedAndTheLearnerGoesOn() {
    TestLearner learner = start("publish.keep-versions", "2");
    learner.learn("a", "b", "c");
    ask(rollback(1));
    ask("{\"action\":\"pin\",\"version\":9}");
    learner.obey("nonsense");
    learner.learn("d");

    assertThat(orders())
        .extracting(order -> order.refused().orElseThrow())
        .containsExactly("unknown_version", "unknown_version", "not_json");
    assertThat(rejections("control"))
        .containsExactly("unknown_version 0", "unknown_version 1", "not_json 2");
    assertThat(manifests(broker).get(3).parent()).isEqualTo(3);
  }

  /** Reason and offset of what was rejected of a topic. */
  private List<String> rejections(String topic) {
    return broker.log(new TopicPartition(DocumentTopics.REJECTED.name(), 0)).stream()
        .filter(record -> header(record.headers(), RejectedHeaders.TOPIC).equals(topic))
        .map(
            record ->
                header(record.headers(), RejectedHeaders.REASON)
                    + " "
                    + header(record.headers(), RejectedHeaders.OFFSET))
        .toList();
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  @Test
  void aPinnedVersionIsKeptUntilItIsUnpinned() {
    TestLearner learner = start("publish.keep-versions", "2");
    learner.learn("a");
    learner.obey("{\"action\":\"pin\",\"version\":1}");
    learner.learn("b", "c", "d");
    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .contains("default/000000000002/manifest erased")
        .doesNotContain("default/000000000001/manifest erased");

    learner.obey("{\"action\":\"unpin\"}");
    learner.learn("e");

    assertThat(broker.keys(ModelTopics.MODELS, 0)).contains("default/000000000001/manifest erased");
    assertThat(manifests(broker)).extracting(m -> m.version().number()).endsWith(5L);
  }

  @Test
  void whatComesWhileLearningIsPausedIsLearnedLaterInItsOrder() {
    TestLearner learner = start("rehearsal.idle", "true");
    learner.learn("a");
    learner.obey("{\"action\":\"pause\"}");
    teach(broker, example("default", "b"), example("other", "x"), example("default", "c"));
    learner.work();
    assertThat(learned()).containsExactly("a", "x");
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(1));
    learner.crash();

    TestLearner second = start();
    teach(broker, example("default", "d"));
    second.work();
    assertThat(learned()).containsExactly("a", "x");
    ask("{\"action\":\"resume\"}");
    second.work();

    assertThat(learned()).containsExactly("a", "x", "b", "c", "d");
    assertThat(broker.committed(TestBroker.EXAMPLES)).isEqualTo(new OffsetAndMetadata(5));
  }

  @Test
  void whatComesWhileLearningIsPausedIsCountedAsPostponed() {
    TestLearner learner = start();
    learner.learn("a");
    learner.obey("{\"action\":\"pause\"}");
    teach(broker, example("default", "b"), example("other", "x"), example("default", "c"));
    learner.work();
    assertThat(learner.count(LearnerMeters.POSTPONED)).isEqualTo(2);

    learner.obey("{\"action\":\"resume\"}");
    learner.learn("d");
    assertThat(learner.count(LearnerMeters.POSTPONED)).isEqualTo(2);
    assertThat(learner.count(LearnerMeters.EXAMPLES)).isEqualTo(5);
  }

  private List<String> learned() {
    return manifests(broker).stream()
        .flatMap(manifest -> manifest.learned().stream())
        .map(example -> example.document().value())
        .toList();
  }

  @Test
  void aConsolidationIsDoneAgainAfterACrash() {
    TestLearner learner = start();
    learner.learn("a");
    learner.obey("{\"action\":\"consolidate\"}");
    learner.learn("b");
    learner.crash();

    TestLearner second = start();
    second.learn("c");

    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .containsExactly(Kind.LEARN, Kind.OBEY, Kind.LEARN, Kind.LEARN);
  }

  @Test
  void pruningLeavesTheNewestAndThoseInUse() {
    TestLearner learner = start();
    learner.learn("a", "b", "c", "d", "e");
    ask("{\"action\":\"pin\",\"version\":1}");
    ask(rollback(3));
    learner.obey("{\"action\":\"prune\",\"keep\":1}");

    assertThat(broker.keys(ModelTopics.MODELS, 0))
        .filteredOn(key -> key.endsWith("manifest erased"))
        .containsExactly(
            "default/000000000002/manifest erased", "default/000000000004/manifest erased");
  }

  @Test
  void checkpointsThatNoVersionNeedsAreErased() {
    TestLearner learner = start("checkpoint.every-rounds", "1", "publish.keep-versions", "2");
    learner.learn("a", "b", "c", "d");

    List<String> heads =
        broker.keys(LearnerTopics.STATE, PARTITION).stream()
            .filter(key -> key.contains("head"))
            .toList();
    assertThat(heads)
        .containsExactly(
            "default/000000000001/head",
            "default/000000000002/head",
            "default/000000000003/head",
            "default/000000000001/head erased",
            "default/000000000004/head",
            "default/000000000002/head erased");
  }

  @Test
  void whatWasAskedBeforeACollectionBeganHolds() {
    ask("{\"action\":\"pause\"}");
    TestLearner learner = start();
    teach(broker, example("default", "a"));
    learner.work();
    assertThat(learned()).isEmpty();

    learner.obey("{\"action\":\"resume\"}");

    assertThat(learned()).containsExactly("a");
  }

  @Test
  void anExampleThatTheLearnerFailsOnIsPutAsideAndTheOthersAreLearned() {
    teach(
        broker,
        example("default", "a"),
        example("default", TinyLearning.UNLEARNABLE),
        example("default", "b"));
    TestLearner learner = start();
    learner.work();
    learner.learn("c");
    learner.crash();
    TestLearner second = start();
    second.learn("d");

    assertThat(learned()).containsExactly("a", "b", "c", "d");
    assertThat(rejections("examples")).containsExactly("unlearnable 1");
    assertThat(learner.count(LearnerMeters.QUARANTINED)).isEqualTo(1);
    assertThat(second.count(LearnerMeters.QUARANTINED)).isZero();
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(journal(broker))
        .extracting(JournalRecord::kind)
        .containsExactly(Kind.LEARN, Kind.QUARANTINE, Kind.LEARN, Kind.LEARN, Kind.LEARN);
  }
}
