package dev.holdfast.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options by which every command that runs services takes its settings. */
final class SettingsOptions {
  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "Settings as Java properties, such as learner.round.max-examples=8.")
  private Path file;

  @Option(
      names = "-S",
      paramLabel = "KEY=VALUE",
      description =
          "One setting; goes before the environment (HOLDFAST_LEARNER_ROUND_MAX_EXAMPLES=8), which goes before the file.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The Kafka to use, which is also setting kafka.bootstrap.servers.")
  private String bootstrapServers;

  /**
   * Gathers and checks everything.
   *
   * @param httpPort when the settings name none; 0 for any free one
   * @param defaults of this command, which any setting overrides
   * @throws dev.holdfast.process.BadConfiguration with all problems
   */
  Configuration read(int httpPort, Map<String, String> defaults) {
    Map<String, String> options = new LinkedHashMap<>(settings);
    if (bootstrapServers != null) {
      options.put(Configuration.KAFKA + ".bootstrap.servers", bootstrapServers);
    }
    Settings gathered =
        Settings.gather(
            Optional.ofNullable(file), System.getenv(), options, Configuration.defaults().keySet());
    return Configuration.read(gathered.orElse(defaults), httpPort);
  }
}
