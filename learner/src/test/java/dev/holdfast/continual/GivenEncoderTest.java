package dev.holdfast.continual;

import static dev.holdfast.network.NetworkFixtures.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Token;
import dev.holdfast.network.EncoderFixtures;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsDistance;
import dev.holdfast.process.SettingsReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Learning over an encoder from a file, frozen or trained. */
class GivenEncoderTest {
  @TempDir private Path folder;

  private LearningSettings settings(boolean trained) {
    return settings(EncoderFixtures.letters(), trained);
  }

  private LearningSettings settings(byte[] encoder, boolean trained) {
    Map<String, String> settings =
        new HashMap<>(EncoderFixtures.settings(folder, encoder, trained));
    settings.put("learner.learning.memory-documents", "5");
    settings.put("learner.learning.idle-rehearsals", "10");
    settings.put("learner.learning.youth-rehearsals", "40");
    settings.put("learner.learning.encoder-share", "0.5");
    return LearningSettings.from(new SettingsReader(settings, "learner"));
  }

  private static void learn(ContinualLearner learner, int from, int to) {
    for (int i = from; i < to; i++) {
      learner.learn(List.of(NetworkFixtures.slip(i)), i);
      while (learner.wantsRehearsal()) {
        learner.learn(List.of(), i);
      }
    }
  }

  private static DataInputStream saved(ContinualLearner learner) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    learner.save(new DataOutputStream(bytes));
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  private static Map<String, WeightsDistance> moved(Weights first, Weights second) {
    Map<String, WeightsDistance> moved = new HashMap<>();
    WeightsDistance.between(first, second).forEach(part -> moved.put(part.part(), part));
    return moved;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestoredLearnerGoesOnToTheSameWeightsToTheBit(boolean trained) throws IOException {
    ContinualLearner learner = new ContinualLearner(settings(trained));
    learn(learner, 0, 7);
    ContinualLearner restored = ContinualLearner.restore(settings(trained), saved(learner));
    Weights then = learner.weights();
    learn(learner, 7, 9);
    learn(restored, 7, 9);
    Weights now = learner.weights();

    assertThat(restored.weights()).isEqualTo(now);
    Map<String, WeightsDistance> moved = moved(then, now);
    assertThat(moved.get("head").distance()).isPositive();
    assertThat(moved.get("encoder").changed() > 0).isEqualTo(trained);
    assertThat(moved.get("words").numbers()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsDocumentsItHasNeverSeen(boolean trained) {
    LearningSettings settings = settings(trained);
    ContinualLearner learner = new ContinualLearner(settings);
    learn(learner, 0, 12);

    try (Extractor extractor = new Extractor(learner.weights(), settings.encoder())) {
      for (int i = 100; i < 110; i++) {
        Example unseen = NetworkFixtures.slip(i);
        var fields = extractor.extract(unseen.document()).fields();
        unseen
            .taught()
            .forEach(
                (field, mark) ->
                    assertThat(fields.get(field))
                        .extracting(PredictedValue::text)
                        .containsExactly(mark.values().get(0).text()));
      }
    }
  }

  @Test
  void aDocumentThatIsHeldBackCountsAsReadWronglyWhereTheEncoderFailsOnIt() {
    byte[] failsAtTheEdge =
        EncoderFixtures.encoder("return torch.sqrt(torch.rsub(torch.to(boxes, 6), 985.))");
    LearningSettings settings = settings(failsAtTheEdge, false);
    assertThat(settings.encoder()).isPresent();
    ContinualLearner learner = new ContinualLearner(settings);
    learn(learner, 0, 1);
    Document slip = NetworkFixtures.slip(1).document();
    Document failing =
        new Document(
            slip.id(),
            slip.collection(),
            slip.type(),
            slip.language(),
            slip.pages(),
            List.of(new Token("9.00", new Box(0, 0, 1000, 1000), 0, 0)));
    Mark total = Mark.of(List.of(new FieldValue("9.00", List.of())));
    HeldDocument held = new HeldDocument(failing, new TreeMap<>(Map.of(TOTAL, total)), "");

    try (Extractor extractor = new Extractor(learner.weights(), settings.encoder())) {
      assertThatThrownBy(() -> extractor.extract(failing)).isInstanceOf(RuntimeException.class);
      assertThat(held.score(extractor).fields().get(TOTAL).f1()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLearnerOverAnotherEncoderIsNotRestored(boolean trained) throws IOException {
    ContinualLearner learner = new ContinualLearner(settings(trained));
    learn(learner, 0, 1);
    LearningSettings own = LearningSettings.DEFAULT;
    LearningSettings otherwise = settings(!trained);
    DataInputStream first = saved(learner);
    DataInputStream second = saved(learner);

    assertThatThrownBy(() -> ContinualLearner.restore(own, first))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "expected model state over Holdfast's own encoder, was over encoder sha256:");
    assertThatThrownBy(() -> ContinualLearner.restore(otherwise, second))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(trained ? "trained" : "frozen");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnFromAVersion(boolean trained) {
    LearningSettings settings = settings(trained);
    ContinualLearner learner = new ContinualLearner(settings);
    learn(learner, 0, 3);
    ContinualLearner from = ContinualLearner.startFrom(settings, learner.weights());

    Map<String, WeightsDistance> moved = moved(learner.weights(), from.weights());
    assertThat(List.of(moved.get("head"), moved.get("encoder"), moved.get("wide")))
        .allSatisfy(part -> assertThat(part.changed()).isZero());
    assertThatThrownBy(
            () -> ContinualLearner.startFrom(LearningSettings.DEFAULT, learner.weights()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected weights over Holdfast's own encoder");
  }
}
