package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
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

/** A learner whose features may take little room, on a stream of ever new words. */
class BoundedLearnerTest {
  private static final int MOST = 4_000;
  private static final LearningSettings BOUNDED = settings(MOST);

  private static LearningSettings settings(int featureNumbers) {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.memory-documents", "5",
                "t.learning.feature-numbers", Integer.toString(featureNumbers),
                "t.learning.encoder-share", "0",
                "t.learning.masked-share", "0",
                "t.learning.revisits", "2",
                "t.learning.idle-rehearsals", "4",
                "t.learning.youth-rehearsals", "40"),
            "t"));
  }

  private static void learn(ContinualLearner learner, int from, int to) {
    for (int i = from; i < to; i++) {
      learner.learn(List.of(NetworkFixtures.slip(i)), i);
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), i);
      }
    }
  }

  /** Bytes that a learner of 192 slips grows by with as many more. */
  private static int growth(ContinualLearner learner) throws IOException {
    learn(learner, 0, 192);
    int before = saved(learner).length;
    learn(learner, 192, 384);
    return saved(learner).length - before;
  }

  private static byte[] saved(ContinualLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ContinualLearner restored(byte[] saved) throws IOException {
    return ContinualLearner.restore(BOUNDED, new DataInputStream(new ByteArrayInputStream(saved)));
  }

  private static long right(Weights weights) {
    try (Extractor extractor = new Extractor(weights)) {
      return IntStream.range(5_000, 5_050)
          .mapToObj(NetworkFixtures::slip)
          .filter(slip -> total(slip, extractor))
          .count();
    }
  }

  private static boolean total(Example slip, Extractor extractor) {
    return extractor.extract(slip.document()).fields().get(NetworkFixtures.TOTAL).stream()
        .anyMatch(
            value ->
                value
                    .text()
                    .equals(slip.taught().get(NetworkFixtures.TOTAL).values().get(0).text()));
  }

  @Test
  void whatItKeepsStopsGrowingAndWhatItLearnedStays() throws IOException {
    ContinualLearner bounded = new ContinualLearner(BOUNDED);
    ContinualLearner unbounded = new ContinualLearner(settings(Integer.MAX_VALUE));

    assertThat(growth(bounded)).isLessThan(growth(unbounded) / 5);
    assertThat(right(bounded.weights())).isGreaterThanOrEqualTo(right(unbounded.weights()) - 2);
  }

  @Test
  void aLearnerRestoredBeforeFeaturesGoLosesTheSameOnes() throws IOException {
    ContinualLearner learner = new ContinualLearner(BOUNDED);
    learn(learner, 0, 120);
    ContinualLearner restored = restored(saved(learner));
    learn(learner, 120, 200);
    learn(restored, 120, 200);

    assertThat(restored.weights()).isEqualTo(learner.weights());
    assertThat(saved(restored)).isEqualTo(saved(learner));
  }
}
