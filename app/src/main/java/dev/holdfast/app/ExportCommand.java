package dev.holdfast.app;

import dev.holdfast.network.Safetensors;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Writes a version that is kept into a folder: its weights as model.safetensors, and its manifest.json.",
      "The digest in the manifest is the SHA-256 of model.safetensors."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand extends CollectionCommand {
  static final String WEIGHTS = "model.safetensors";
  static final String MANIFEST = "manifest.json";

  @Parameters(paramLabel = "N", description = "Number of the version.")
  private long number;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "The folder; made when it is not there, files in it are replaced.")
  private Path folder;

  @Override
  int run(Configuration configuration, Map<String, String> kafka) throws IOException {
    Arrival.Complete version = Versions.find(kafka, version(number));
    byte[] weights = Safetensors.write(version.weights());
    Digest written = Digest.of(List.of(weights));
    if (!written.equals(version.manifest().digest())) {
      throw new Failure(
          "version %s: expected weights of %s, was %s"
              .formatted(version.version(), version.manifest().digest(), written));
    }
    Files.createDirectories(folder);
    Files.write(folder.resolve(WEIGHTS), weights);
    Files.write(folder.resolve(MANIFEST), ManifestJson.bytes(version.manifest()));
    result(
        version.manifest(),
        (out, manifest) -> {
          out.writeStartObject();
          out.writeStringField("collection", manifest.version().collection().value());
          out.writeNumberField("version", manifest.version().number());
          out.writeStringField("digest", manifest.digest().text());
          out.writeNumberField("bytes", weights.length);
          out.writeStringField("folder", folder.toString());
          out.writeEndObject();
        },
        "version %s, %d bytes in %s".formatted(version.version(), weights.length, folder));
    return 0;
  }
}
