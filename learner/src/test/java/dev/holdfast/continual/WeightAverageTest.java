package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Parameters;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  private static final LearningSettings PLAIN = settings("0");
  private static final LearningSettings AVERAGED = settings("0.99");

  private static LearningSettings settings(String decay) {
    return GateFixtures.settings(
        "learning.ema-decay", decay, "learning.memory-documents", "5", "gate.held-back-share", "0");
  }

  private static ContinualLearner learned(LearningSettings settings, int documents) {
    ContinualLearner learner = new ContinualLearner(settings);
    learn(learner, 0, documents);
    return learner;
  }

  private static void learn(ContinualLearner learner, int from, int to) {
    for (int i = from; i < to; i++) {
      Example slip = NetworkFixtures.slip(i);
      learner.learn(List.of(slip), i);
      learner.learn(List.of(), i);
    }
  }

  @Test
  void keepsAPowerOfTheDecayForTheUpdatesOfARound() {
    Parameters parameters = new Parameters(Planes.AVERAGE + 1);
    int weight = parameters.allocate(2);
    WeightAverage average = new WeightAverage(parameters, .5);
    parameters.weights()[weight] = 8;

    average.updated(1);
    assertThat(parameters.plane(average.plane())).startsWith(4, 0);
    average.updated(0);
    assertThat(parameters.plane(average.plane())).startsWith(4, 0);
    average.updated(2);
    assertThat(parameters.plane(average.plane())).startsWith(7, 0);
  }

  @Test
  void isWhatIsPublishedAndNothingThatIsLearnedFrom() throws IOException {
    ContinualLearner plain = learned(PLAIN, 9);
    ContinualLearner averaged = learned(AVERAGED, 9);

    assertThat(averaged.weights()).isNotEqualTo(plain.weights());
    assertThat(ContinualLearnerTest.copy(averaged, PLAIN).weights()).isEqualTo(plain.weights());
  }

  @Test
  void goesOnToTheBitAfterARestore() throws IOException {
    ContinualLearner learner = learned(AVERAGED, 6);
    ContinualLearner restored = ContinualLearnerTest.copy(learner, AVERAGED);
    learn(learner, 6, 9);
    learn(restored, 6, 9);

    assertThat(restored.weights()).isEqualTo(learner.weights());
  }

  @Test
  void beginsWithTheWeightsOfALearnerThatHadNone() throws IOException {
    ContinualLearner plain = learned(PLAIN, 6);

    assertThat(ContinualLearnerTest.copy(plain, AVERAGED).weights()).isEqualTo(plain.weights());
  }

  @Test
  void isNotThatOfLongAgoWhenItIsSwitchedOffAndOnAgain() throws IOException {
    ContinualLearner off = ContinualLearnerTest.copy(learned(AVERAGED, 6), PLAIN);
    learn(off, 6, 9);

    assertThat(ContinualLearnerTest.copy(off, AVERAGED).weights()).isEqualTo(off.weights());
  }
}
