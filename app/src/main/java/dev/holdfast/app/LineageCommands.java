package dev.holdfast.app;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that hand what one collection has learned on to another. */
final class LineageCommands {
  private LineageCommands() {}

  /** Asks a collection to do something with a version of another one. */
  abstract static class FromOther extends OperatorCommands.Ask {
    @Option(
        names = "--from",
        paramLabel = "NAME[/N]",
        required = true,
        description =
            "The collection whose version is taken, and the version's number, of one that is kept;"
                + " the one that serves unless given. It stays as it is.")
    private String from;

    private final Action action;

    FromOther(Action action) {
      this.action = action;
    }

    @Override
    final Control control(Map<String, String> kafka) {
      String[] parts = from.split("/", 2);
      CollectionName name = collection("--from", parts[0]);
      Versions versions = Versions.read(kafka);
      List<ModelVersion> kept =
          versions.manifests().stream()
              .map(Manifest::version)
              .filter(version -> version.collection().equals(name))
              .toList();
      Predicate<ModelVersion> wanted =
          parts.length == 1 ? versions::serves : version -> version.toString().equals(from);
      ModelVersion taken =
          kept.stream()
              .filter(wanted)
              .findFirst()
              .orElseThrow(
                  () ->
                      new Failure(
                          "--from %s: expected a version on Kafka, found %s"
                              .formatted(from, kept.isEmpty() ? "none" : kept)));
      return new Control(action, taken.number(), name.value());
    }
  }

  @Command(
      name = "fork",
      description = {
        "Begins a collection with what a version of another one knows, and publishes it as version"
            + " 1.",
        "Weights, fields and the importance that holds them come over; documents do not. Refused"
            + " when the new collection has learned anything by itself."
      },
      mixinStandardHelpOptions = true)
  static final class Fork extends FromOther {
    @Option(
        names = "--to",
        paramLabel = "NAME",
        required = true,
        description = "The collection to begin.")
    private String to;

    Fork() {
      super(Action.FORK);
    }

    @Override
    CollectionName collection() {
      return collection("--to", to);
    }
  }

  @Command(
      name = "merge",
      description = {
        "Takes what a version of another collection knows into a collection, and publishes the"
            + " outcome as its next version.",
        "Weights that both have are averaged by how much they matter to each. Refused when that"
            + " would lose more than the gate allows on what is held back; then nothing changes."
      },
      mixinStandardHelpOptions = true)
  static final class Merge extends FromOther {
    @Option(
        names = "--into",
        paramLabel = "NAME",
        required = true,
        description = "The collection that takes it in.")
    private String into;

    Merge() {
      super(Action.MERGE);
    }

    @Override
    CollectionName collection() {
      return collection("--into", into);
    }
  }
}
