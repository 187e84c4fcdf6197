package dev.holdfast.app;

import dev.holdfast.command.Json;
import dev.holdfast.command.Output;
import dev.holdfast.document.CollectionName;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.JsonOutput;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands about the versions of one collection have in common. */
abstract class ModelCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Configuration configuration = settings.read(0, Map.of());
    try (Kafka kafka = Kafka.named(configuration).orElseThrow(Kafka::notNamed)) {
      return run(configuration, kafka.clients());
    }
  }

  /**
   * Does the work.
   *
   * @param kafka client properties
   * @return the code to exit with
   */
  abstract int run(Configuration configuration, Map<String, String> kafka) throws Exception;

  /** Whose versions it is about. */
  abstract CollectionName collection();

  /**
   * Reads the name of a collection.
   *
   * @param option that it was given by
   */
  static CollectionName collection(String option, String name) {
    try {
      return new CollectionName(name);
    } catch (IllegalArgumentException e) {
      throw new Failure(option + ": " + e.getMessage(), e);
    }
  }

  ModelVersion version(long number) {
    return new ModelVersion(collection(), number);
  }

  Output output() {
    return output;
  }

  /** Prints the result as one JSON object or as text, whichever was asked for. */
  <T> void result(T result, JsonOutput.Writer<T> writer, String text) {
    output.result(json ? Json.line(writer, result) : text);
  }
}
