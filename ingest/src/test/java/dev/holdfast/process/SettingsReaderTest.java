package dev.holdfast.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.RetentionPolicy;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

  @Test
  void missingSettingHasItsDefaultAndIsReportedAsEffective() {
    SettingsReader reader = new SettingsReader(Map.of("ingest.threads", "3"), "ingest");

    assertThat(reader.integer("threads", 1, 1, 8)).isEqualTo(3);
    assertThat(reader.number("rate", 0.5, 0, 1)).isEqualTo(0.5);
    assertThat(reader.flag("strict", true)).isTrue();
    assertThat(reader.text("name", "anna")).isEqualTo("anna");
    assertThat(reader.finish())
        .isEqualTo(
            Map.of(
                "ingest.threads", "3",
                "ingest.rate", "0.5",
                "ingest.strict", "true",
                "ingest.name", "anna"));
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "ingest.threads", "9",
                "ingest.partitions", "four",
                "ingest.rate", "NaN",
                "ingest.strict", "yes",
                "ingest.threds", "2"),
            "ingest");
    reader.integer("threads", 1, 1, 8);
    reader.integer("partitions", 1, 1, 8);
    reader.number("rate", 0.5, 0, 1);
    reader.flag("strict", true);
    reader.problem("directory", "a folder", "a file");

    assertThatThrownBy(reader::finish)
        .isInstanceOfSatisfying(
            BadConfiguration.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "ingest.threads: expected a whole number from 1 to 8, was \"9\"",
                        "ingest.partitions: expected a whole number from 1 to 8, was \"four\"",
                        "ingest.rate: expected a number from 0.0 to 1.0, was \"NaN\"",
                        "ingest.strict: expected true or false, was \"yes\"",
                        "ingest.directory: expected a folder, was \"a file\"",
                        "ingest.threds: unknown setting; known are ingest.partitions, ingest.rate,"
                            + " ingest.strict, ingest.threads"));
  }

  @Test
  void settingsOfOtherServicesAreNotUnknown() {
    SettingsReader reader =
        new SettingsReader(Map.of("learner.threads", "3", "ingests", "x"), "ingest");

    assertThat(reader.finish()).isEmpty();
  }

  @Test
  void choiceIsAConstantInLowerCaseWithHyphens() {
    SettingsReader reader = new SettingsReader(Map.of("ingest.unit", "half-days"), "ingest");

    assertThat(reader.choice("unit", ChronoUnit.DAYS)).isEqualTo(ChronoUnit.HALF_DAYS);
    assertThat(reader.choice("other", ChronoUnit.DAYS)).isEqualTo(ChronoUnit.DAYS);
    assertThat(reader.finish())
        .isEqualTo(Map.of("ingest.unit", "half-days", "ingest.other", "days"));
  }

  @Test
  void choiceThatIsNoneNamesAll() {
    SettingsReader reader = new SettingsReader(Map.of("ingest.mode", "up"), "ingest");
    reader.choice("mode", RoundingMode.UP);
    reader.choice("mode", RetentionPolicy.CLASS);

    assertThatThrownBy(reader::finish)
        .hasMessageContaining("ingest.mode: expected one of source, class, runtime, was \"up\"");
  }

  @Test
  void groupIsPassedThroughUnread() {
    SettingsReader reader =
        new SettingsReader(
            Map.of("ingest.kafka.security.protocol", "SSL", "ingest.kafkaesque", "x"), "ingest");

    assertThat(reader.group("kafka")).isEqualTo(Map.of("security.protocol", "SSL"));
    assertThatThrownBy(reader::finish).hasMessageStartingWith("ingest.kafkaesque: unknown");
  }
}
