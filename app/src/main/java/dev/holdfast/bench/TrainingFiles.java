package dev.holdfast.bench;

import dev.holdfast.command.Inputs;
import dev.holdfast.document.LabelledDocument;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option by which it is said what there is to learn. */
final class TrainingFiles {
  @Option(
      names = "--train",
      paramLabel = "FILE",
      split = ",",
      required = true,
      description = "Labelled documents to learn, several files with commas between them.")
  private List<Path> train;

  /**
   * All documents, one file after the other.
   *
   * @throws dev.holdfast.process.BadConfiguration with all that is wrong
   */
  List<LabelledDocument> read() {
    return Inputs.read(train);
  }
}
