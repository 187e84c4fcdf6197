package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsDistance;
import dev.holdfast.process.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContinualLearnerTest {
  private static final LearningSettings SMALL =
      LearningSettings.from(
          new SettingsReader(
              Map.of(
                  "t.learning.memory-documents", "5",
                  "t.learning.consolidate-every", "4",
                  "t.learning.idle-rehearsals", "10",
                  "t.learning.youth-rehearsals", "40"),
              "t"));

  private static List<Example> slips(int from, int to) {
    return IntStream.range(from, to).mapToObj(NetworkFixtures::slip).toList();
  }

  private static void learn(ContinualLearner learner, int from, int to) {
    for (int i = from; i < to; i++) {
      learner.learn(slips(i, i + 1), i);
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), i);
      }
    }
  }

  private static LearningSettings otherwise() {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.consolidate-every", "4",
                "t.learning.youth-rehearsals", "40",
                "t.learning.optimizer", "adam-corrected",
                "t.learning.start-pull", "0.01",
                "t.learning.importance-normalised", "true",
                "t.learning.importance-clip", "10"),
            "t"));
  }

  private static LearningSettings withoutMemory(String estimator) {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.memory-documents", "0",
                "t.learning.revisits", "0",
                "t.learning.youth-rehearsals", "0",
                "t.learning.elastic-lambda", "100",
                "t.learning.importance-estimator", estimator),
            "t"));
  }

  private static ContinualLearner copy(ContinualLearner learner) throws IOException {
    return copy(learner, SMALL);
  }

  /** What is restored, with settings that may be others, of what a learner saves. */
  static ContinualLearner copy(ContinualLearner learner, LearningSettings settings)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return ContinualLearner.restore(
        settings, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static String text(Prediction prediction, FieldName field) {
    return prediction.fields().get(field).get(0).text();
  }

  @Test
  void theSameRoundsOnAnotherThreadLeadToTheSameWeights() throws Exception {
    ContinualLearner first = new ContinualLearner(SMALL);
    learn(first, 0, 4);
    ContinualLearner second = new ContinualLearner(SMALL);
    // Whichever thread has loaded PyTorch, one of the two has not.
    Thread other = new Thread(() -> learn(second, 0, 4));
    other.start();
    other.join();

    assertThat(second.weights()).isEqualTo(first.weights());
  }

  @Test
  void learnsToReadDocumentsItHasNeverSeen() {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learn(learner, 0, 12);

    try (Extractor extractor = new Extractor(learner.weights())) {
      for (Example unseen : slips(100, 110)) {
        Prediction prediction = extractor.extract(unseen.document());
        unseen
            .taught()
            .forEach(
                (field, mark) ->
                    assertThat(text(prediction, field)).isEqualTo(mark.values().get(0).text()));
      }
    }
  }

  @Test
  void theSameRoundsGiveTheSameWeightsToTheBit() {
    ContinualLearner first = new ContinualLearner(SMALL);
    ContinualLearner second = new ContinualLearner(SMALL);
    learn(first, 0, 9);
    learn(second, 0, 9);

    assertThat(second.weights()).isEqualTo(first.weights());
  }

  @Test
  void aRestoredLearnerGoesOnToTheSameWeightsToTheBit() throws IOException {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learn(learner, 0, 7);
    ContinualLearner restored = copy(learner);
    assertThat(restored.weights()).isEqualTo(learner.weights());

    learn(learner, 7, 14);
    learn(restored, 7, 14);

    assertThat(restored.weights()).isEqualTo(learner.weights());
  }

  @Test
  void aLearnerThatKeepsMoreIsRestoredWithAllOfIt() throws IOException {
    ContinualLearner learner = new ContinualLearner(otherwise());
    learn(learner, 0, 7);
    ContinualLearner restored = copy(learner, otherwise());

    learn(learner, 7, 10);
    learn(restored, 7, 10);

    assertThat(restored.weights()).isEqualTo(learner.weights());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sampled", "mas", "reversed"})
  void whatIsMeasuredDecidesWhatIsHeld(String estimator) {
    ContinualLearner learner = new ContinualLearner(withoutMemory(estimator));
    ContinualLearner empirical = new ContinualLearner(withoutMemory("empirical"));
    learn(learner, 0, 4);
    learn(empirical, 0, 4);

    assertThat(learner.weights()).isNotEqualTo(empirical.weights());
  }

  @Test
  void theEncoderIsHeldAsWell() {
    double free = encoderMovedAfterTheFirstDocument("0");
    double held = encoderMovedAfterTheFirstDocument("1e12");

    assertThat(held).isLessThan(.1 * free);
  }

  private static double encoderMovedAfterTheFirstDocument(String lambda) {
    ContinualLearner learner =
        new ContinualLearner(
            LearningSettings.from(
                new SettingsReader(
                    Map.of("t.learning.memory-documents", "0", "t.learning.elastic-lambda", lambda),
                    "t")));
    learn(learner, 0, 1);
    Weights before = learner.weights();
    learn(learner, 1, 4);
    return WeightsDistance.between(before, learner.weights()).stream()
        .filter(part -> part.part().equals("encoder"))
        .mapToDouble(WeightsDistance::distance)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allLabellingsAreNoEstimatorForDocuments() {
    SettingsReader reader =
        new SettingsReader(Map.of("t.learning.importance-estimator", "exact"), "t");
    LearningSettings.from(reader);

    assertThatThrownBy(reader::finish).hasMessageContaining("every labelling");
  }

  @Test
  void aRestoredLearnerMayGoOnWithOtherSettings() throws IOException {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learn(learner, 0, 7);
    ContinualLearner more = copy(learner, otherwise());
    assertThat(more.weights()).isEqualTo(learner.weights());

    learn(more, 7, 9);
    ContinualLearner again = copy(more, SMALL);

    assertThat(again.weights()).isEqualTo(more.weights());
    assertThat(more.weights()).isNotEqualTo(learner.weights());
  }

  private static LearningSettings watchful() {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.consolidate-every", "1000",
                "t.learning.encoder-share", "0",
                "t.learning.youth-rehearsals", "40",
                "t.learning.drift-delta", "0.05"),
            "t"));
  }

  /** A slip that is asked for fields that no other one has, so that nothing learned helps. */
  private static Example changed(int i) {
    Example slip = NetworkFixtures.slip(i);
    SortedMap<FieldName, Mark> renamed = new TreeMap<>();
    slip.taught().forEach((field, mark) -> renamed.put(new FieldName(field + "_" + i), mark));
    return Example.taught(slip.document(), renamed);
  }

  @Test
  void riseOfTheLossOfFreshDocumentsConsolidates() {
    ContinualLearner learner = new ContinualLearner(watchful());
    for (int i = 0; i < 40; i++) {
      assertThat(learner.learn(slips(i, i + 1), i).consolidated()).isFalse();
    }
    boolean consolidated = false;
    for (int i = 40; i < 80; i++) {
      consolidated |= learner.learn(List.of(changed(i)), i).consolidated();
    }
    assertThat(consolidated).isTrue();
  }

  @Test
  void aLearnerThatWatchesForDriftIsRestoredToTheBit() throws IOException {
    ContinualLearner learner = new ContinualLearner(watchful());
    learn(learner, 0, 30);
    for (int i = 40; i < 45; i++) {
      learner.learn(List.of(changed(i)), i);
    }
    ContinualLearner restored = copy(learner, watchful());
    for (int i = 45; i < 60; i++) {
      RoundReport round = learner.learn(List.of(changed(i)), i);
      RoundReport again = restored.learn(List.of(changed(i)), i);
      assertThat(again.consolidated()).isEqualTo(round.consolidated());
      assertThat(again.loss()).isEqualTo(round.loss());
    }

    assertThat(restored.weights()).isEqualTo(learner.weights());
    assertThat(copy(learner, SMALL).weights()).isEqualTo(learner.weights());
  }

  @Test
  void savingChangesNothing() throws IOException {
    ContinualLearner saved = new ContinualLearner(SMALL);
    ContinualLearner plain = new ContinualLearner(SMALL);
    learn(saved, 0, 3);
    learn(plain, 0, 3);
    copy(saved);
    learn(saved, 3, 6);
    learn(plain, 3, 6);

    assertThat(saved.weights()).isEqualTo(plain.weights());
  }

  @Test
  void anExampleThatTeachesNothingChangesNothing() {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learn(learner, 0, 2);
    var before = learner.weights();
    RoundReport report =
        learner.learn(List.of(Example.unknown(NetworkFixtures.slip(5).document())), 1);

    assertThat(report.updates()).isZero();
    assertThat(learner.weights()).isEqualTo(before);
  }

  @Test
  void aDocumentAnnotatedAgainIsLearnedAgainButCountedOnce() {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learner.learn(slips(1, 2), 1);
    RoundReport again = learner.learn(slips(1, 2), 2);

    assertThat(learner.learned()).isEqualTo(1);
    assertThat(again.remembered()).isEqualTo(1);
    assertThat(again.updates()).isPositive();
  }

  private static LearningSettings remembering(String documents) {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.memory-documents", documents,
                "t.learning.encoder-share", "0",
                "t.learning.rehearsals", "0",
                "t.learning.revisits", "5",
                "t.learning.youth-rehearsals", "0"),
            "t"));
  }

  @Test
  void whatWillNotBeRememberedIsLearnedAgainInItsRoundUntilItIsKnown() {
    ContinualLearner forgetful = new ContinualLearner(remembering("0"));
    ContinualLearner mindful = new ContinualLearner(remembering("1000"));

    // Two visits each, and five more of what is not remembered.
    assertThat(forgetful.learn(slips(0, 4), 1).updates()).isEqualTo(4 * 7);
    assertThat(mindful.learn(slips(0, 4), 1).updates()).isEqualTo(4 * 2);
    assertThat(forgetful.wantsRehearsal()).isFalse();
    for (int i = 0; i < 40; i++) {
      forgetful.learn(slips(0, 4), i);
    }
    assertThat(forgetful.learn(slips(0, 4), 1).updates()).isLessThan(4 * 7);
  }

  @Test
  void idleRehearsalEnds() {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learn(learner, 0, 3);

    assertThat(learner.learn(List.of(), 9).updates()).isZero();
  }

  @Test
  void aForgottenDocumentIsRehearsedNoMoreAndASavedLearnerGoesOnTheSame() throws IOException {
    ContinualLearner learner = new ContinualLearner(SMALL);
    learner.learn(slips(0, 4), 1);
    assertThat(learner.forget(slips(1, 2).get(0).document().key())).isEqualTo(3);
    assertThat(learner.forget(slips(9, 10).get(0).document().key())).isEqualTo(3);
    ByteArrayOutputStream saved = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(saved));
    assertThat(saved.toString(StandardCharsets.UTF_8))
        .contains("\"id\":\"" + slips(2, 3).get(0).document().id() + "\"")
        .doesNotContain("\"id\":\"" + slips(1, 2).get(0).document().id() + "\"");
    ContinualLearner restored =
        ContinualLearner.restore(
            SMALL, new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
    for (ContinualLearner each : List.of(learner, restored)) {
      learn(each, 5, 8);
      learn(each, 1, 2);
    }

    assertThat(restored.weights()).isEqualTo(learner.weights());
  }

  @Test
  void memoryNeverHoldsMoreThanItMay() {
    ContinualLearner learner = new ContinualLearner(SMALL);

    for (int i = 0; i < 20; i++) {
      assertThat(learner.learn(slips(i, i + 1), i).remembered()).isLessThanOrEqualTo(5);
    }
  }
}
