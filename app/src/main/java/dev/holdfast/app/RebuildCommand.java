package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.learner.VersionHistory;
import dev.holdfast.learner.VersionHistory.Rebuilt;
import dev.holdfast.version.ModelVersion;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "rebuild",
    description = {
      "Makes a version once more in this process, from the journal and the examples alone, and compares its digest.",
      "Needs the settings that the learner ran with. Takes about as long as learning took; fails when the digests differ."
    },
    mixinStandardHelpOptions = true)
final class RebuildCommand extends CollectionCommand {
  @Parameters(paramLabel = "N", description = "Number of the version.")
  private long number;

  @Override
  int run(Configuration configuration, Map<String, String> kafka) {
    ModelVersion version = version(number);
    try (VersionHistory history = new VersionHistory(configuration.learner(), kafka)) {
      Versions.read(kafka)
          .manifest(version)
          .filter(
              manifest -> !manifest.provenance().configuration().equals(history.configuration()))
          .ifPresent(
              manifest ->
                  output().progress("the learner that published this version had other settings"));
      Rebuilt rebuilt =
          history
              .rebuild(version)
              .orElseThrow(
                  () ->
                      new Failure(
                          "expected version %s in the journal, found none".formatted(version)));
      result(
          rebuilt,
          RebuildCommand::write,
          "version %s: %d rounds done again, %s%npublished %s%nrebuilt   %s"
              .formatted(
                  version,
                  rebuilt.rounds(),
                  rebuilt.equal() ? "equal to the bit" : "different",
                  rebuilt.digest(),
                  rebuilt.rebuilt()));
      return rebuilt.equal() ? 0 : 2;
    }
  }

  private static void write(JsonGenerator out, Rebuilt rebuilt) throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", rebuilt.version().collection().value());
    out.writeNumberField("version", rebuilt.version().number());
    out.writeStringField("digest", rebuilt.digest().text());
    out.writeStringField("rebuiltDigest", rebuilt.rebuilt().text());
    out.writeBooleanField("equal", rebuilt.equal());
    out.writeNumberField("rounds", rebuilt.rounds());
    out.writeEndObject();
  }
}
