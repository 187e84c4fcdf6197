package dev.holdfast.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.extraction.Conventions;
import dev.holdfast.meaning.Locality;
import dev.holdfast.meaning.ValueKind;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingSettingsTest {

  @Test
  void oneLoopServesWhenNothingIsSaid() {
    assertThat(ServingSettings.from(new SettingsReader(Map.of(), "serving")))
        .isEqualTo(new ServingSettings("1", 1, 100, 10, Duration.ofSeconds(5), Conventions.NONE));
  }

  @Test
  void everySettingHasAKey() {
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "serving.instance", "node-2",
                "serving.threads", "4",
                "serving.poll.max-documents", "20",
                "serving.max-aborts", "3",
                "serving.http.timeout-milliseconds", "250",
                "serving.kind.total", "amount",
                "serving.locale.shop", "ms-MY",
                "serving.locale", "en"),
            "serving");

    assertThat(ServingSettings.from(reader))
        .isEqualTo(
            new ServingSettings(
                "node-2",
                4,
                20,
                3,
                Duration.ofMillis(250),
                new Conventions(
                    Map.of("total", ValueKind.AMOUNT),
                    Map.of("shop", Locality.of("ms-MY")),
                    Locality.of("en"))));
    assertThat(reader.finish()).hasSize(8);
  }

  @Test
  void allProblemsAreNamedAtOnce() {
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "serving.instance", "node 2",
                "serving.threads", "0",
                "serving.thread", "4"),
            "serving");
    ServingSettings.from(reader);

    assertThatThrownBy(reader::finish)
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("serving.instance: expected 1 to 100 letters")
        .hasMessageContaining("serving.threads: expected a whole number from 1 to 256")
        .hasMessageContaining("serving.thread: unknown setting");
  }
}
