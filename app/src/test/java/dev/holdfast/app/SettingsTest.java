package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Set<String> KNOWN =
      Set.of("learner.round.max-examples", "http.port", "kafka.*", "ingest.streams.*");

  @TempDir Path folder;

  @Test
  void optionGoesBeforeEnvironmentBeforeFile() throws IOException {
    Path file = write("http.port=1\nlearner.round.max-examples=1\nkafka.acks=1\n");
    Settings settings =
        Settings.gather(
            Optional.of(file),
            Map.of("HOLDFAST_HTTP_PORT", "2", "HOLDFAST_LEARNER_ROUND_MAX_EXAMPLES", "2"),
            Map.of("http.port", "3"),
            KNOWN);
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("http.port", "3", "learner.round.max-examples", "2", "kafka.acks", "1"));
  }

  @Test
  void variableInAGroupThatIsPassedThroughHasDotsForUnderscores() {
    Settings settings =
        environment(
            Map.of(
                "HOLDFAST_KAFKA_SECURITY_PROTOCOL", "SSL",
                "HOLDFAST_INGEST_STREAMS_NUM_STANDBY_REPLICAS", "1"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.group("kafka")).isEqualTo(Map.of("security.protocol", "SSL"));
    assertThat(settings.values()).containsEntry("ingest.streams.num.standby.replicas", "1");
  }

  @Test
  void variableThatNoSettingHasIsAProblem() {
    assertThat(environment(Map.of("HOLDFAST_HTPP_PORT", "1")).problems())
        .containsExactly(
            "HOLDFAST_HTPP_PORT: unknown environment variable; no setting has this one");
  }

  @Test
  void variablesOfOthersAndOfTheLauncherAreNotRead() {
    Settings settings = environment(Map.of("PATH", "/bin", "HOLDFAST_JAVA_OPTS", "-Xmx1g"));
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.values()).isEmpty();
  }

  @Test
  void missingFileIsAProblem() {
    Path file = folder.resolve("none.properties");
    assertThat(Settings.gather(Optional.of(file), Map.of(), Map.of(), KNOWN).problems())
        .containsExactly("--settings: expected a file, found none at " + file);
  }

  @Test
  void defaultsOfACommandYieldToEverySetting() {
    Settings settings =
        environment(Map.of("HOLDFAST_HTTP_PORT", "2"))
            .orElse(Map.of("http.port", "1", "kafka.acks", "1"));
    assertThat(settings.values()).isEqualTo(Map.of("http.port", "2", "kafka.acks", "1"));
  }

  private static Settings environment(Map<String, String> variables) {
    return Settings.gather(Optional.empty(), variables, Map.of(), KNOWN);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("holdfast.properties"), text);
  }
}
