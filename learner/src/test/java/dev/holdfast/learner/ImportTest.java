package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.example;
import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Chunks;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ImportKey;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.wire.BadInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights from elsewhere. */
class ImportTest {
  private static final int SIZE = 100_000; // two chunks

  private final TestBroker broker = new TestBroker();
  private final TestClock clock = new TestClock();

  private TestLearner start() {
    return new TestLearner(
        broker, settings("publish.keep-versions", "100"), TinyLearning.source(SIZE), clock);
  }

  /** A collection of the partition that is learned here, or of another one. */
  private static String collection(boolean here) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "shop-" + i)
        .filter(
            name ->
                here
                    == (BuiltInPartitioner.partitionForKey(
                            utf8(name), DocumentTopics.EXAMPLES.partitions())
                        == TestBroker.EXAMPLES.partition()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] weights(int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = i / 7f;
    }
    return Safetensors.write(new Weights(Map.of(), List.of(Tensor.of("rows", numbers, size))));
  }

  private Digest upload(byte[] file) {
    List<byte[]> chunks = Chunks.split(file);
    Digest digest = Digest.of(chunks);
    for (int part = 0; part < chunks.size(); part++) {
      byte[] key = utf8(new ImportKey(digest, part).toString());
      broker.append(ModelTopics.MODELS_IN, 0, key, chunks.get(part), 0);
    }
    return digest;
  }

  private void ask(TestLearner learner, String collection, Digest digest) {
    broker.append(
        ControlTopics.CONTROL,
        0,
        utf8(collection),
        utf8("{\"action\":\"import\",\"digest\":\"" + digest + "\"}"),
        0);
    learner.work();
  }

  private List<Order> orders() {
    return journal(broker).stream().flatMap(round -> round.order().stream()).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLearnerGoesOnFromWeightsFromElsewhere(boolean checkpointsAreLost) {
    Digest digest = upload(weights(SIZE));
    TestLearner learner = start();
    teach(broker, example("default", "a"));
    learner.work();
    ask(learner, "default", digest);
    teach(broker, example("default", "b"));
    learner.work();
    learner.crash();
    if (checkpointsAreLost) {
      broker.delete(LearnerTopics.STATE, TestBroker.EXAMPLES.partition());
    }
    TestLearner second = start();
    teach(broker, example("default", "c"));
    second.work();

    List<Manifest> manifests = manifests(broker);
    assertThat(manifests).extracting(m -> m.version().number()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(manifests).extracting(Manifest::parent).containsExactly(0L, 0L, 2L, 3L);
    assertThat(manifests.get(1).provenance().imported()).contains(digest);
    assertThat(manifests.get(2).provenance().imported()).isEmpty();
    assertThat(manifests.get(1).learned()).isEmpty();
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
    assertThat(latestDigest(broker)).isEqualTo(byHand());
  }

  private Digest byHand() {
    Learning learning;
    try {
      learning = TinyLearning.source(SIZE).startFrom(Safetensors.read(weights(SIZE)));
    } catch (BadInput e) {
      throw new AssertionError(e);
    }
    for (JournalRecord round : journal(broker)) {
      if (round.kind() == Kind.LEARN && round.key().round() > 2) {
        learning.learn(broker.examples((int) round.from(), (int) round.to()), round.seed());
      }
    }
    return ModelParts.split(learning.weights()).content().digest();
  }

  @Test
  void aNewCollectionBeginsWithThem() {
    String shop = collection(true);
    TestLearner learner = start();
    ask(learner, shop, upload(weights(SIZE)));
    learner.crash();
    TestLearner second = start();
    teach(broker, example(shop, "a"));
    second.work();

    assertThat(manifests(broker))
        .extracting(m -> m.version().toString())
        .containsExactly(shop + "/1", shop + "/2");
    assertThat(second.count(LearnerMeters.MISMATCHES)).isZero();
  }

  @Test
  void aCollectionOfAnotherPartitionIsLeftToItsLearner() {
    TestLearner learner = start();
    ask(learner, collection(false), upload(weights(SIZE)));

    assertThat(manifests(broker)).isEmpty();
    assertThat(journal(broker)).isEmpty();
  }

  @Test
  void whatIsNotThereOrFitsNotIsRefusedAndTheLearnerGoesOn() {
    TestLearner learner = start();
    teach(broker, example("default", "a"));
    learner.work();
    ask(learner, "default", Digest.of(List.of(utf8("never written"))));
    ask(learner, "default", upload(weights(7)));
    ask(learner, "default", upload(utf8("no safetensors")));
    byte[] file = weights(SIZE);
    Digest digest = upload(file);
    broker.append(
        ModelTopics.MODELS_IN, 0, utf8(new ImportKey(digest, 1).toString()), utf8("damaged"), 0);
    broker.append(ModelTopics.MODELS_IN, 0, utf8("of no form"), file, 0);
    ask(learner, "default", digest);
    teach(broker, example("default", "b"));
    learner.work();

    assertThat(orders())
        .extracting(order -> order.refused().orElseThrow())
        .containsExactly("unknown_version", "bad_value", "bad_value", "unknown_version");
    assertThat(manifests(broker)).extracting(Manifest::parent).containsExactly(0L, 1L);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
