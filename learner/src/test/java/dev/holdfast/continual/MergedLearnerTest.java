package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsDistance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Learners that begin with what another knows, and that take in what another knows. */
class MergedLearnerTest {
  private static final LearningSettings SETTINGS = GateFixtures.settings();

  private static void learn(
      ContinualLearner learner, int from, int to, IntFunction<Example> examples) {
    for (int i = from; i < to; i++) {
      learner.learn(List.of(examples.apply(i)), i);
    }
    while (learner.wantsRehearsal()) {
      learner.learn(List.of(), to);
    }
  }

  private static ContinualLearner taught(int from, int to, IntFunction<Example> examples) {
    ContinualLearner learner = new ContinualLearner(SETTINGS);
    learn(learner, from, to, examples);
    return learner;
  }

  /** Slips of which nothing but one field is taught. */
  private static IntFunction<Example> only(FieldName field) {
    return i -> {
      Example slip = NetworkFixtures.slip(i);
      TreeMap<FieldName, Mark> marks = new TreeMap<>(slip.taught());
      marks.keySet().retainAll(List.of(field));
      return Example.taught(slip.document(), marks);
    };
  }

  /** In how many of twenty slips a field's value is found. */
  private static int found(Weights weights, FieldName field) {
    int found = 0;
    try (Extractor extractor = new Extractor(weights)) {
      for (int i = 1_000; i < 1_020; i++) {
        Example slip = NetworkFixtures.slip(i);
        Prediction prediction = extractor.extract(slip.document());
        String value = slip.taught().get(field).values().get(0).text();
        boolean right =
            prediction.fields().getOrDefault(field, List.of()).stream()
                .anyMatch(one -> one.text().equals(value));
        found += right ? 1 : 0;
      }
    }
    return found;
  }

  private static byte[] saved(ContinualLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void aForkKnowsWhatItWasForkedFromAndHoldsItAndHasNoneOfItsDocuments() {
    ContinualLearner learner = taught(0, 12, NetworkFixtures::slip);
    ContinualLearner fork = learner.fork();

    assertThat(fork.weights()).isEqualTo(learner.weights());
    assertThat(fork.learned()).isEqualTo(12);
    assertThat(fork.wantsRehearsal()).isFalse();
    RoundReport first = fork.learn(List.of(NetworkFixtures.slip(12)), 1);
    assertThat(first.remembered()).isEqualTo(1);
    assertThat(fork.held().importance()).isGreaterThan(.99 * learner.held().importance());
  }

  @Test
  void whatAForkLearnsIsNothingToWhatItWasForkedFrom() throws IOException {
    ContinualLearner learner = taught(0, 6, NetworkFixtures::slip);
    byte[] before = saved(learner);
    ContinualLearner fork = learner.fork();
    learn(fork, 6, 12, NetworkFixtures::slip);

    assertThat(saved(learner)).isEqualTo(before);
    assertThat(fork.weights()).isNotEqualTo(learner.weights());
  }

  @Test
  void mergingWithItselfChangesNoWeight() {
    ContinualLearner learner = taught(0, 12, NetworkFixtures::slip);

    assertThat(learner.merged(learner).weights()).isEqualTo(learner.weights());
    assertThat(learner.merged(learner.fork()).weights()).isEqualTo(learner.weights());
  }

  @Test
  void whoTakesInWhomDoesNotMatterToTheWeights() {
    ContinualLearner one = taught(0, 12, NetworkFixtures::slip);
    ContinualLearner other = taught(12, 20, NetworkFixtures::slip);

    Weights merged = one.merged(other).weights();
    assertThat(WeightsDistance.between(merged, other.merged(one).weights()))
        .allSatisfy(part -> assertThat(part.changed()).as(part.part()).isZero());
    assertThat(merged).isNotEqualTo(one.weights()).isNotEqualTo(other.weights());
  }

  @Test
  void aFieldThatOnlyOneKnowsIsTakenOver() throws IOException {
    ContinualLearner numbers = taught(0, 24, only(NetworkFixtures.NUMBER));
    ContinualLearner totals = taught(24, 48, only(NetworkFixtures.TOTAL));
    assertThat(found(numbers.weights(), NetworkFixtures.TOTAL)).isZero();
    byte[] before = saved(totals);

    ContinualLearner merged = numbers.merged(totals);

    assertThat(found(merged.weights(), NetworkFixtures.NUMBER)).isGreaterThan(17);
    assertThat(found(merged.weights(), NetworkFixtures.TOTAL)).isGreaterThan(17);
    assertThat(merged.learned()).isEqualTo(48);
    assertThat(saved(totals)).isEqualTo(before);
  }

  @Test
  void whatWasMergedGoesOnLearningAlsoOverASaveToTheBit() throws IOException {
    ContinualLearner merged =
        taught(0, 8, only(NetworkFixtures.NUMBER)).merged(taught(8, 16, NetworkFixtures::slip));
    ContinualLearner restored =
        ContinualLearner.restore(
            SETTINGS, new DataInputStream(new ByteArrayInputStream(saved(merged))));
    learn(merged, 16, 20, NetworkFixtures::slip);
    learn(restored, 16, 20, NetworkFixtures::slip);

    assertThat(restored.weights()).isEqualTo(merged.weights());
  }

  @Test
  void theGateRefusesWhatWouldLoseTooMuchAndNothingChanges() throws IOException {
    GatedLearner learner = gated(0, 80, NetworkFixtures::slip);
    GatedLearner liar = gated(200, 440, GateFixtures::wrongSlip);
    Weights before = learner.weights();

    List<Verdict.Fall> falls = learner.merge(liar, 100);

    assertThat(falls).extracting(Verdict.Fall::type).containsOnly("slip");
    assertThat(learner.weights()).isEqualTo(before);
  }

  @Test
  void theGateLetsPassWhatLosesNothing() {
    GatedLearner learner = gated(0, 104, NetworkFixtures::slip);
    GatedLearner fork = learner.fork();
    fork.learn(slips(300, 308, NetworkFixtures::slip), 300);
    Weights before = learner.weights();

    assertThat(learner.merge(fork, 100)).isEmpty();
    assertThat(learner.weights()).isNotEqualTo(before);
    assertThat(learner.judge(learner.weights(), 101, 1).refused()).isFalse();
  }

  private static List<Example> slips(int from, int to, IntFunction<Example> examples) {
    return IntStream.range(from, to).mapToObj(examples).toList();
  }

  private static GatedLearner gated(int from, int to, IntFunction<Example> examples) {
    GatedLearner learner = new GatedLearner(SETTINGS, new ContinualLearner(SETTINGS));
    for (int at = from; at < to; at += 8) {
      learner.learn(slips(at, at + 8, examples), at);
      learner.judge(learner.weights(), 1 + (at - from) / 8, at);
    }
    return learner;
  }
}
