package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import dev.holdfast.command.Output;
import dev.holdfast.continual.Verdict;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.VerdictJson;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "models",
    description = "Looks at model versions, and says which is to serve and to be learned on from.",
    subcommands = {
      ModelsCommand.ListCommand.class,
      ShowCommand.class,
      DiffCommand.class,
      RefusalsCommand.class,
      OperatorCommands.Rollback.class,
      OperatorCommands.Pin.class,
      OperatorCommands.Unpin.class,
      OperatorCommands.Pause.class,
      OperatorCommands.Resume.class,
      OperatorCommands.Consolidate.class,
      OperatorCommands.Prune.class,
      OperatorCommands.Unlearn.class,
      OperatorCommands.Trust.class,
      ExportCommand.class,
      ImportCommand.class,
      LineageCommands.Fork.class,
      LineageCommands.Merge.class,
      RebuildCommand.class,
    },
    mixinStandardHelpOptions = true)
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command, was none");
  }

  @Command(
      name = "list",
      description = {
        "Lists the versions that Kafka keeps, of all collections, oldest first.",
        "The state is serves for the version that serving nodes run. The gate says untested, passed"
            + " or good, and beside it F1 on how many values that are held back from learning: of a"
            + " sample that differs from version to version, so compare with the F1 of the version"
            + " that it was compared with, which --json has, and not with other rows."
      },
      mixinStandardHelpOptions = true)
  static final class ListCommand implements Callable<Integer> {
    private static final String ROW = "%-20s %8s %8s %-24s %8s %10s %-6s %-8s %-11s  %s";

    @Mixin private Output output;
    @Mixin private SettingsOptions settings;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
      Configuration configuration = settings.read(0, Map.of());
      try (Kafka kafka = Kafka.named(configuration).orElseThrow(Kafka::notNamed)) {
        Versions versions = Versions.read(kafka.clients());
        if (json) {
          output.result(Json.line(ListCommand::write, versions));
        } else {
          output.result(
              ROW.formatted(
                  "collection",
                  "version",
                  "parent",
                  "when",
                  "examples",
                  "bytes",
                  "state",
                  "gate",
                  "F1 of",
                  "digest"));
          versions.manifests().forEach(manifest -> output.result(row(manifest, versions)));
        }
      }
      return 0;
    }

    private static String row(Manifest manifest, Versions versions) {
      return ROW.formatted(
          manifest.version().collection(),
          manifest.version().number(),
          manifest.parent(),
          manifest.createdAt(),
          manifest.counters().examples(),
          manifest.content().bytes(),
          state(manifest, versions),
          manifest.verdict().map(verdict -> verdict.outcome().text()).orElse("–"),
          manifest.verdict().flatMap(Verdict::compared).map(ListCommand::f1).orElse("–"),
          manifest.digest() + (imported(manifest) ? " imported" : ""));
    }

    private static String f1(Verdict.Compared compared) {
      return String.format(Locale.ROOT, "%.3f of %d", compared.after(), compared.values());
    }

    /** Imported versions say so; others are of this collection's own learning. */
    private static boolean imported(Manifest manifest) {
      return manifest.provenance().imported().isPresent();
    }

    private static String state(Manifest manifest, Versions versions) {
      return versions.serves(manifest.version()) ? "serves" : "kept";
    }

    private static void write(JsonGenerator out, Versions versions) throws IOException {
      out.writeStartObject();
      out.writeArrayFieldStart("versions");
      for (Manifest manifest : versions.manifests()) {
        out.writeStartObject();
        out.writeStringField("collection", manifest.version().collection().value());
        out.writeNumberField("version", manifest.version().number());
        out.writeNumberField("parent", manifest.parent());
        out.writeStringField("createdAt", manifest.createdAt().toString());
        out.writeNumberField("examples", manifest.counters().examples());
        out.writeNumberField("bytes", manifest.content().bytes());
        out.writeStringField("digest", manifest.digest().text());
        out.writeStringField("state", state(manifest, versions));
        out.writeBooleanField("imported", imported(manifest));
        VerdictJson.write(out, manifest.verdict());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }
}
