package dev.holdfast.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearnerSettingsTest {
  @Test
  void defaultsAreAsDocumented() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new LearnerSettings(
                "1",
                1,
                10,
                new LearnerSettings.Rounds(8, Duration.ofMillis(100)),
                new LearnerSettings.Publishing(Duration.ofMillis(200), 5),
                new LearnerSettings.Rehearsal(true, 500, Duration.ofSeconds(2)),
                new LearnerSettings.Checkpoints(200, Duration.ofMinutes(1)),
                Optional.empty(),
                LearningSettings.DEFAULT));
  }

  @Test
  void everySettingIsRead() {
    Map<String, String> values = new HashMap<>();
    values.put("learner.instance", "b");
    values.put("learner.seed", "-7");
    values.put("learner.max-aborts", "3");
    values.put("learner.round.max-examples", "16");
    values.put("learner.round.max-millis", "500");
    values.put("learner.publish.min-interval-millis", "1000");
    values.put("learner.publish.keep-versions", "9");
    values.put("learner.rehearsal.idle", "false");
    values.put("learner.rehearsal.max-helpings", "20");
    values.put("learner.rehearsal.publish-interval-millis", "5000");
    values.put("learner.checkpoint.every-rounds", "50");
    values.put("learner.checkpoint.idle-millis", "10000");
    values.put("learner.learning.memory-documents", "3");

    assertThat(read(values))
        .isEqualTo(
            new LearnerSettings(
                "b",
                -7,
                3,
                new LearnerSettings.Rounds(16, Duration.ofMillis(500)),
                new LearnerSettings.Publishing(Duration.ofSeconds(1), 9),
                new LearnerSettings.Rehearsal(false, 20, Duration.ofSeconds(5)),
                new LearnerSettings.Checkpoints(50, Duration.ofSeconds(10)),
                Optional.empty(),
                LearningSettings.from(
                    new SettingsReader(Map.of("t.learning.memory-documents", "3"), "t"))));
  }

  @Test
  void allProblemsAreListedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "learner.instance", "a/b",
                        "learner.round.max-examples", "0",
                        "learner.rounds", "1")))
        .isInstanceOfSatisfying(
            BadConfiguration.class,
            bad ->
                assertThat(bad.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.startsWith("learner.instance: expected"))
                    .anyMatch(problem -> problem.startsWith("learner.round.max-examples: expected"))
                    .anyMatch(problem -> problem.startsWith("learner.rounds: unknown")));
  }

  private static LearnerSettings read(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(values, "learner");
    LearnerSettings settings = LearnerSettings.from(reader);
    reader.finish();
    return settings;
  }
}
