package dev.holdfast.app;

import dev.holdfast.command.Checks;
import dev.holdfast.sample.SampleStream;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sample",
    description = {
      "Writes made-up documents with their full annotations, as a file for replay, submit and evaluate.",
      "Receipts first, then invoices, identity documents, resumes and job postings; layouts change on the way."
    },
    mixinStandardHelpOptions = true)
final class SampleCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "To write.")
  private Path file;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "" + SampleStream.LENGTH,
      showDefaultValue = Visibility.ALWAYS,
      description = "How many.")
  private int documents;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "The same seed gives the same documents.")
  private long seed;

  @Override
  public Integer call() throws Exception {
    new Checks().that(documents >= 1, "--documents", "at least 1", documents).done();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new SampleStream(seed).write(out, documents);
    }
    return 0;
  }
}
