package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MonitoringSettingsTest {
  @Test
  void everySettingHasADefault() {
    assertThat(settings(Map.of())).isEqualTo(MonitoringSettings.DEFAULT);
  }

  @Test
  void everySettingCanBeSet() {
    assertThat(
            settings(
                Map.of(
                    "monitoring.predictions.max-documents", "7",
                    "monitoring.fading.factor", "0.99",
                    "monitoring.window.documents", "50",
                    "monitoring.forgetting.min-documents", "5",
                    "monitoring.tags.max-values", "3",
                    "monitoring.drift.settled-examples", "8",
                    "monitoring.replay.max-ahead-seconds", "9",
                    "monitoring.console.max-documents", "10",
                    "monitoring.console.max-tokens", "11",
                    "monitoring.console.serving-url", "http://serving:8080/")))
        .isEqualTo(
            new MonitoringSettings(
                7,
                0.99,
                50,
                5,
                3,
                8,
                Duration.ofSeconds(9),
                new ConsoleSettings(10, 11, Optional.of(URI.create("http://serving:8080")))));
  }

  @Test
  void allProblemsComeAtOnce() {
    assertThatThrownBy(
            () ->
                settings(
                    Map.of(
                        "monitoring.window.documents", "20",
                        "monitoring.fading.factor", "2",
                        "monitoring.console.serving-url", "serving:8080",
                        "monitoring.window.document", "5")))
        .isInstanceOfSatisfying(
            BadConfiguration.class,
            e ->
                assertThat(e.problems())
                    .anyMatch(
                        p ->
                            p.equals(
                                "monitoring.forgetting.min-documents: expected at most"
                                    + " window.documents, 20, was \"30\""))
                    .anyMatch(p -> p.startsWith("monitoring.fading.factor: expected a number"))
                    .anyMatch(
                        p -> p.startsWith("monitoring.console.serving-url: expected an address"))
                    .anyMatch(p -> p.startsWith("monitoring.window.document: unknown setting"))
                    .hasSize(4));
  }

  private static MonitoringSettings settings(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(values, "monitoring");
    MonitoringSettings settings = MonitoringSettings.from(reader);
    reader.finish();
    return settings;
  }
}
