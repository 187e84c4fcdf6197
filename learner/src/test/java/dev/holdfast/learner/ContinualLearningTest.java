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
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.process.SettingsReader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rounds with the real learner. */
class ContinualLearningTest {
  private static final int SLIPS = 6;

  private static final Learning.Source SMALL =
      ContinualLearning.source(
          LearningSettings.from(
              new SettingsReader(
                  Map.of(
                      "t.learning.memory-documents", "4",
                      "t.learning.consolidate-every", "3",
                      "t.learning.idle-rehearsals", "10",
                      "t.learning.youth-rehearsals", "20"),
                  "t")),
          Optional.empty());

  private final TestClock clock = new TestClock();

  private TestLearner start(TestBroker broker, int checkpointEvery) {
    return new TestLearner(
        broker,
        settings(
            "rehearsal.idle", "true", "checkpoint.every-rounds", Integer.toString(checkpointEvery)),
        SMALL,
        clock);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 1_000})
  void crashesLeadToTheSameWeights(int checkpointEvery) {
    TestBroker quiet = new TestBroker();
    TestLearner undisturbed = start(quiet, 1_000);
    TestBroker broker = new TestBroker();
    for (int i = 0; i < SLIPS; i++) {
      teach(quiet, NetworkFixtures.slip(i));
      undisturbed.work();
      TestLearner learner = start(broker, checkpointEvery);
      teach(broker, NetworkFixtures.slip(i));
      learner.work();
      assertThat(learner.count(LearnerMeters.MISMATCHES)).isZero();
      learner.crash();
    }

    assertThat(journal(broker)).extracting(JournalRecord::kind).contains(Kind.REHEARSE);
    assertThat(latestDigest(broker)).isEqualTo(latestDigest(quiet));
    assertThat(manifests(broker).get(0).learned()).hasSize(1);
  }
}
