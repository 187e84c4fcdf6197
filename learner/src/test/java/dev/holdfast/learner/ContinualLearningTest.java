package dev.holdfast.learner;

import static dev.holdfast.learner.LearnerFixtures.settings;
import static dev.holdfast.learner.TestLearner.journal;
import static dev.holdfast.learner.TestLearner.latestDigest;
import static dev.holdfast.learner.TestLearner.manifests;
import static dev.holdfast.learner.TestLearner.teach;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.LearnerFixtures.TestClock;
import dev.holdfast.network.EncoderFixtures;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.Weights;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelTopics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rounds with the real learner. */
class ContinualLearningTest {
  private static final int SLIPS = 6;

  private static final Map<String, String> SMALL =
      Map.of(
          "learner.learning.memory-documents", "4",
          "learner.learning.consolidate-every", "3",
          "learner.learning.idle-rehearsals", "10",
          "learner.learning.youth-rehearsals", "20");

  private final TestClock clock = new TestClock();

  @TempDir private Path folder;

  private TestLearner start(TestBroker broker, int checkpointEvery, Map<String, String> encoder) {
    Map<String, String> learning = new HashMap<>(SMALL);
    learning.putAll(encoder);
    return new TestLearner(
        broker,
        settings(
            "rehearsal.idle", "true", "checkpoint.every-rounds", Integer.toString(checkpointEvery)),
        ContinualLearning.source(
            LearningSettings.from(new SettingsReader(learning, "learner")), Optional.empty()),
        clock);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1_000})
  void crashesLeadToTheSameWeights(int checkpointEvery) {
    crashesLeadToTheSameWeights(checkpointEvery, Map.of());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void crashesLeadToTheSameWeightsOverAnEncoderFromAFile(boolean trained) {
    crashesLeadToTheSameWeights(
        3, EncoderFixtures.settings(folder, EncoderFixtures.letters(), trained));
  }

  private void crashesLeadToTheSameWeights(int checkpointEvery, Map<String, String> encoder) {
    TestBroker quiet = new TestBroker();
    TestLearner undisturbed = start(quiet, 1_000, encoder);
    TestBroker broker = new TestBroker();
    for (int i = 0; i < SLIPS; i++) {
      teach(quiet, NetworkFixtures.slip(i));
      undisturbed.work();
      TestLearner learner = start(broker, checkpointEvery, encoder);
      teach(broker, NetworkFixtures.slip(i));
      learner.work();
      assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
      learner.crash();
    }

    assertThat(journal(broker)).extracting(JournalRecord::kind).contains(Kind.REHEARSE);
    assertThat(latestDigest(broker)).isEqualTo(latestDigest(quiet));
    assertThat(manifests(broker).get(0).learned()).hasSize(1);
  }

  @Test
  void whatWasLearnedOverAnotherEncoderIsLearnedAgainFromTheLog() {
    TestBroker broker = new TestBroker();
    TestLearner before = start(broker, 1, Map.of());
    teach(broker, NetworkFixtures.slip(0));
    before.work();
    before.crash();
    TestLearner after =
        start(broker, 1, EncoderFixtures.settings(folder, EncoderFixtures.letters(), false));
    teach(broker, NetworkFixtures.slip(1));
    after.work();

    assertThat(after.count(LearnerMeters.UNUSABLE_CHECKPOINTS)).isPositive();
    assertThat(manifests(broker)).hasSizeGreaterThan(1);
    assertThat(latestWeights(broker).metadata()).containsKey("encoder");
  }

  private static Weights latestWeights(TestBroker broker) {
    ModelAssembler assembler = new ModelAssembler(1 << 30);
    return broker.log(new TopicPartition(ModelTopics.MODELS.name(), 0)).stream()
        .map(
            record ->
                assembler.accept(
                    ModelTopics.MODELS.keys().deserializer().deserialize("models", record.key()),
                    record.value()))
        .flatMap(Optional::stream)
        .filter(Arrival.Complete.class::isInstance)
        .map(arrival -> ((Arrival.Complete) arrival).weights())
        .reduce((before, latest) -> latest)
        .orElseThrow();
  }
}
