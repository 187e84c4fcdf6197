package dev.holdfast.app;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import dev.holdfast.learner.Operator;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.wire.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description = {
      "Publishes what export wrote into a folder as the next version of a collection, which need"
          + " not exist, and learns on from it.",
      "What the collection has learned and remembers by then is given up; earlier versions can be"
          + " rolled back to.",
      "Refused unless model.safetensors has the digest that manifest.json says."
    },
    mixinStandardHelpOptions = true)
final class ImportCommand extends OperatorCommands.AskOne {
  @Parameters(paramLabel = "DIR", description = "The folder with both files.")
  private Path folder;

  private byte[] weights = {};

  @Override
  Control control() {
    weights = read();
    return Control.of(Action.IMPORT, Digest.of(List.of(weights)).text());
  }

  @Override
  Optional<Operator.Answer> ask(Operator operator, Control control) throws InterruptedException {
    operator.upload(weights);
    return super.ask(operator, control);
  }

  private byte[] read() {
    Path file = folder.resolve(ExportCommand.WEIGHTS);
    try {
      Manifest manifest =
          ManifestJson.read(Files.readAllBytes(folder.resolve(ExportCommand.MANIFEST)));
      byte[] bytes = Files.readAllBytes(file);
      Digest found = Digest.of(List.of(bytes));
      if (!found.equals(manifest.digest())) {
        throw new Failure("%s: expected %s, was %s".formatted(file, manifest.digest(), found));
      }
      return bytes;
    } catch (BadInput e) {
      throw new Failure(folder.resolve(ExportCommand.MANIFEST) + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Failure(
          "%s: expected what export wrote, was: %s".formatted(folder, e.getMessage()), e);
    }
  }
}
