package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Document;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.UnlabelledDocument;
import dev.holdfast.network.Weights;
import dev.holdfast.process.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PretrainingTest {
  private static final LearningSettings SMALL =
      LearningSettings.from(
          new SettingsReader(
              Map.of(
                  "t.learning.masked-share", ".5",
                  "t.learning.encoder-share", ".5",
                  "t.learning.idle-rehearsals", "10",
                  "t.learning.youth-rehearsals", "20"),
              "t"));

  private static List<Document> slips(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> NetworkFixtures.slip(i).document()).toList();
  }

  private static double pretrain(ContinualLearner learner, int passes) {
    List<UnlabelledDocument> documents = learner.pretraining().meet(slips(0, 10));
    double loss = 0;
    for (int pass = 0; pass < passes; pass++) {
      loss = learner.pretraining().pass(documents, pass);
    }
    return loss;
  }

  private static void learn(ContinualLearner learner) {
    for (int i = 20; i < 23; i++) {
      learner.learn(List.of(NetworkFixtures.slip(i)), i);
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), i);
      }
    }
  }

  @Test
  void hiddenWordsAreGuessedBetterWithEveryPass() {
    double first = pretrain(new ContinualLearner(SMALL), 1);
    double last = pretrain(new ContinualLearner(SMALL), 8);

    assertThat(last).isLessThan(.8 * first);
  }

  @Test
  void theSamePassesGiveTheSameWeightsToTheBit() {
    ContinualLearner first = new ContinualLearner(SMALL);
    ContinualLearner second = new ContinualLearner(SMALL);
    pretrain(first, 2);
    pretrain(second, 2);
    learn(first);
    learn(second);

    assertThat(second.weights()).isEqualTo(first.weights());
  }

  @Test
  void aRestoredLearnerGoesOnToTheSameWeightsToTheBit() throws IOException {
    ContinualLearner learner = new ContinualLearner(SMALL);
    pretrain(learner, 2);
    learn(learner);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    ContinualLearner restored =
        ContinualLearner.restore(
            SMALL, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    pretrain(learner, 1);
    pretrain(restored, 1);
    learn(learner);
    learn(restored);

    assertThat(restored.weights()).isEqualTo(learner.weights());
  }

  @Test
  void aLearnerThatStartsFromWeightsHasThem() {
    ContinualLearner teacher = new ContinualLearner(SMALL);
    pretrain(teacher, 2);
    learn(teacher);
    Weights weights = teacher.weights();
    Weights started = ContinualLearner.startFrom(SMALL, weights).weights();

    assertThat(started.metadata()).isEqualTo(weights.metadata());
    // How right it is has to be measured anew, on the documents that come.
    assertThat(started.tensors())
        .filteredOn(tensor -> !tensor.name().equals("calibration"))
        .isEqualTo(
            weights.tensors().stream()
                .filter(tensor -> !tensor.name().equals("calibration"))
                .toList());
  }

  @Test
  void pretrainingBringsNoFieldIntoBeing() {
    ContinualLearner learner = new ContinualLearner(SMALL);
    pretrain(learner, 1);

    assertThat(learner.weights().metadata()).containsEntry("fields", "");
    assertThat(learner.learned()).isZero();
  }
}
