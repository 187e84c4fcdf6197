package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option by which every benchmark takes settings of learning. */
final class LearningOptions {
  private static final String SERVICE = "learner";

  @Option(
      names = "-S",
      paramLabel = "KEY=VALUE",
      description = "A setting of learning, such as learner.learning.visits=3.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /**
   * Reads and checks the settings.
   *
   * @throws BadConfiguration with all problems
   */
  LearningSettings read() {
    return read(Map.of());
  }

  /**
   * The same, with some settings as given here whatever the option says.
   *
   * @param fixed by key
   */
  LearningSettings read(Map<String, String> fixed) {
    for (String key : settings.keySet()) {
      if (!key.startsWith(SERVICE + ".")) {
        throw new BadConfiguration(
            List.of("-S %s: expected a setting that begins with learner.learning.".formatted(key)));
      }
    }
    Map<String, String> all = new LinkedHashMap<>(settings);
    all.putAll(fixed);
    SettingsReader reader = new SettingsReader(all, SERVICE);
    LearningSettings learning = LearningSettings.from(reader);
    reader.finish();
    return learning;
  }
}
