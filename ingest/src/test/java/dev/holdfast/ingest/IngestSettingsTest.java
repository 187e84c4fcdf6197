package dev.holdfast.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.wire.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class IngestSettingsTest {
  private static final Map<String, String> ALL =
      Map.ofEntries(
          Map.entry("ingest.max-bytes", "50000"),
          Map.entry("ingest.max-tokens", "51"),
          Map.entry("ingest.max-pages", "52"),
          Map.entry("ingest.max-text-length", "53"),
          Map.entry("ingest.max-fields", "54"),
          Map.entry("ingest.max-values-per-field", "55"),
          Map.entry("ingest.wait-for-document-seconds", "56"),
          Map.entry("ingest.max-waiting-per-document", "57"),
          Map.entry("ingest.instance", "b"),
          Map.entry("ingest.threads", "58"),
          Map.entry("ingest.partitions", "59"),
          Map.entry("ingest.commit-interval-milliseconds", "60"),
          Map.entry("ingest.state-directory", "elsewhere"));

  @Test
  void nothingSaidMeansTheDefaults() {
    assertThat(read(Map.of()))
        .isEqualTo(
            new IngestSettings(
                Limits.DEFAULT,
                new IngestSettings.Waiting(Duration.ofDays(1), 100),
                new IngestSettings.Streams(
                    "1", 1, 4, Duration.ofMillis(30), Path.of("data/ingest"))));
  }

  @Test
  void everySettingIsRead() {
    assertThat(read(ALL))
        .isEqualTo(
            new IngestSettings(
                new Limits(50_000, 51, 52, 53, 54, 55),
                new IngestSettings.Waiting(Duration.ofSeconds(56), 57),
                new IngestSettings.Streams(
                    "b", 58, 59, Duration.ofMillis(60), Path.of("elsewhere"))));
  }

  @Test
  void unknownAndBadSettingsAreReportedTogether() {
    assertThatThrownBy(
            () ->
                read(Map.of("ingest.thread", "2", "ingest.instance", "a b", "ingest.threads", "")))
        .isInstanceOfSatisfying(BadConfiguration.class, e -> assertThat(e.problems()).hasSize(3));
  }

  @Test
  void whatMakesTheStreamExactAndItsRestartQuickCannotBeSetOtherwise() {
    Map<String, String> kafka = new HashMap<>();
    kafka.put("bootstrap.servers", "broker:9092");
    kafka.put("security.protocol", "SSL");
    kafka.put("processing.guarantee", "at_least_once");
    kafka.put("application.id", "other");

    Properties properties = IngestService.properties(read(ALL), kafka);

    assertThat(properties)
        .containsEntry("bootstrap.servers", "broker:9092")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("application.id", "holdfast-ingest")
        .containsEntry("main.consumer.group.instance.id", "holdfast-ingest-b")
        .containsEntry("commit.interval.ms", 60L)
        .containsEntry("state.dir", "elsewhere");
  }

  private static IngestSettings read(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(values, "ingest");
    IngestSettings settings = IngestSettings.from(reader);
    reader.finish();
    return settings;
  }
}
