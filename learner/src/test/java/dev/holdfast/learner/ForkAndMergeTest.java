package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Collections that begin with what another knows, and that take in what another knows. */
class ForkAndMergeTest {
  private static final int SIZE = 100;

  /** Collections of the partition that is learned here. */
  private static final List<String> SHOPS =
      IntStream.range(0, 100)
          .mapToObj(i -> "shop-" + i)
          .filter(
              name ->
                  BuiltInPartitioner.partitionForKey(
                          utf8(name), DocumentTopics.EXAMPLES.partitions())
                      == TestBroker.EXAMPLES.partition())
          .toList();

  private static final String A = SHOPS.get(0);
  private static final String B = SHOPS.get(1);
  private static final String C = SHOPS.get(2);

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();
  private TestLearner learner = start();

  private TestLearner start() {
    return new TestLearner(
        broker, settings("publish.keep-versions", "100"), TinyLearning.source(SIZE), clock);
  }

  private void learn(String collection, String document) {
    teach(broker, example(collection, document));
    learner.work();
  }

  private void ask(String collection, String action, String from, long version) {
    broker.append(
        ControlTopics.CONTROL,
        0,
        utf8(collection),
        utf8("{\"action\":\"%s\",\"from\":\"%s\",\"version\":%d}".formatted(action, from, version)),
        0);
    learner.work();
  }

  private void crashAndStart(boolean checkpointsAreLost) {
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, TestBroker.EXAMPLES.partition());
    }
    learner = start();
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  private List<Manifest> versions(String collection) {
    return manifests(broker).stream()
        .filter(manifest -> manifest.version().collection().value().equals(collection))
        .toList();
  }

  private Digest latest(String collection) {
    List<Manifest> versions = versions(collection);
    return versions.get(versions.size() - 1).digest();
  }

  private static ModelVersion version(String collection, long number) {
    return new ModelVersion(new CollectionName(collection), number);
  }

  private List<JournalRecord> roundsOf(String collection) {
    return journal(broker).stream()
        .filter(round -> round.key().collection().value().equals(collection))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCollectionBeginsWithWhatAVersionOfAnotherKnew(boolean checkpointsAreLost) {
    learn(A, "a");
    ask(B, "fork", A, 1);
    Digest forked = latest(B);
    learn(A, "later"); // nothing to B
    crashAndStart(checkpointsAreLost);
    learn(B, "b");

    assertThat(orders())
        .extracting(Order::taken)
        .extracting(t -> t.orElseThrow().round())
        .containsExactly(1L);
    List<Manifest> manifests = versions(B);
    assertThat(manifests).extracting(m -> m.version().number()).containsExactly(1L, 2L);
    assertThat(manifests).extracting(Manifest::parent).containsExactly(0L, 1L);
    assertThat(manifests.get(0).provenance().from()).contains(version(A, 1));
    assertThat(manifests.get(1).provenance().from()).isEmpty();
    assertThat(manifests.get(0).digest()).isEqualTo(forked);
    assertThat(latest(B)).isEqualTo(digest(forkedByHand()));
    assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
  }

  /** A after "a", then B's "b". */
  private Learning forkedByHand() {
    Learning a = TinyLearning.source(SIZE).begin();
    learnAgain(a, roundsOf(A).get(0));
    Learning b = a.fork();
    learnAgain(b, roundsOf(B).get(1));
    return b;
  }

  private void learnAgain(Learning learning, JournalRecord round) {
    learning.learn(broker.examples((int) round.from(), (int) round.to()), round.seed());
  }

  private static Digest digest(Learning learning) {
    return ModelParts.split(learning.weights()).content().digest();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasHandedOnTwiceComesBackToTheFirst(boolean checkpointsAreLost) {
    learn(A, "a");
    ask(B, "fork", A, 1);
    learn(B, "b");
    ask(C, "fork", B, 2);
    learn(C, "c");
    ask(A, "merge", C, 2);
    crashAndStart(checkpointsAreLost);
    learn(A, "more");

    assertThat(orders()).extracting(Order::refused).allMatch(Optional::isEmpty);
    List<Manifest> manifests = versions(A);
    assertThat(manifests).extracting(m -> m.version().number()).containsExactly(1L, 2L, 3L);
    assertThat(manifests).extracting(Manifest::parent).containsExactly(0L, 1L, 2L);
    assertThat(manifests.get(1).provenance().from()).contains(version(C, 2));
    Learning a = TinyLearning.source(SIZE).begin();
    learnAgain(a, roundsOf(A).get(0));
    Learning c = a.fork();
    learnAgain(c, roundsOf(B).get(1));
    c = c.fork();
    learnAgain(c, roundsOf(C).get(1));
    assertThat(a.merge(c, 2)).isEmpty();
    learnAgain(a, roundsOf(A).get(2));
    assertThat(latest(A)).isEqualTo(digest(a));
    assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
  }

  @Test
  void aMergeThatWouldLoseTooMuchIsRefusedAndTheCollectionGoesOnUnchanged() {
    learn(A, "a");
    learn(B, TinyLearning.FOREIGN);
    ask(A, "merge", B, 1);
    learn(A, "more");

    assertThat(orders())
        .extracting(order -> order.refused().orElse(""))
        .containsExactly("would_lose");
    assertThat(versions(A)).extracting(Manifest::parent).containsExactly(0L, 1L);
    Learning a = TinyLearning.source(SIZE).begin();
    learnAgain(a, roundsOf(A).get(0));
    learnAgain(a, roundsOf(A).get(2));
    assertThat(latest(A)).isEqualTo(digest(a));
  }

  @Test
  void whatCannotBeHandedOnIsRefusedAndTheLearnerGoesOn() {
    learn(A, "a");
    learn(B, "b");
    ask(B, "fork", A, 1);
    ask(A, "merge", "nobody", 1);
    ask(A, "merge", B, 7);
    ask(C, "fork", A, 7);
    learn(B, "more");

    assertThat(orders())
        .extracting(order -> order.refused().orElse(""))
        .containsExactly("already_begun", "unknown_version", "unknown_version", "unknown_version");
    assertThat(versions(B)).extracting(Manifest::parent).containsExactly(0L, 1L);
    assertThat(versions(C)).isEmpty();
    ask(C, "fork", A, 1);
    assertThat(versions(C))
        .extracting(m -> m.provenance().from().orElseThrow())
        .containsExactly(version(A, 1));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
