package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  @Test
  void everySettingHasAnEnvironmentVariableOfItsOwn() {
    Set<String> keys = Configuration.defaults().keySet();
    assertThat(keys.stream().map(Settings::variable).collect(Collectors.toSet()))
        .hasSameSizeAs(keys);
  }

  @Test
  void everySettingCanBeSetToItsDefault() {
    Map<String, String> values =
        Configuration.defaults().entrySet().stream()
            .filter(setting -> !setting.getKey().endsWith(".*"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    Configuration configuration = Configuration.read(new Settings(values, List.of()), 0);
    assertThat(configuration.makers()).containsOnlyKeys(Part.values());
  }

  @Test
  void kafkaSettingsArePassedThrough() {
    Settings settings =
        Settings.gather(
            Optional.empty(),
            Map.of(),
            Map.of("kafka.bootstrap.servers", "broker:9092", "kafka.security.protocol", "SSL"),
            Configuration.defaults().keySet());
    assertThat(Configuration.read(settings, 0).kafka())
        .isEqualTo(Map.of("bootstrap.servers", "broker:9092", "security.protocol", "SSL"));
  }
}
