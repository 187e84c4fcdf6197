package dev.holdfast.app;

import dev.holdfast.document.CollectionName;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The option by which a command is told which collection it is about. */
final class CollectionOption {
  @Option(
      names = "--collection",
      paramLabel = "NAME",
      defaultValue = "default",
      showDefaultValue = Visibility.ALWAYS,
      description = "Whose versions.")
  private String collection;

  CollectionName name() {
    return ModelCommand.collection("--collection", collection);
  }
}
