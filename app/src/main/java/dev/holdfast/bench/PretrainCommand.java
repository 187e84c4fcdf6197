package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.UnlabelledDocument;
import dev.holdfast.network.WeightsFile;
import dev.holdfast.process.BadConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pretrain",
    description = {
      "Trains the encoder on documents whatever is known of their fields: words are hidden from it, and it learns to guess them from what stands around them. Annotations in the files are not looked at. No Kafka.",
      "Learners begin with the result by the setting learner.start-from=FILE, evaluate by --start-from."
    },
    mixinStandardHelpOptions = true)
public final class PretrainCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "JSON Lines, plain or gzip: {\"document\": …, \"annotation\": …} or documents alone.")
  private List<Path> files;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "To write: the weights, as a safetensors file.")
  private Path to;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "4",
      showDefaultValue = Visibility.ALWAYS,
      description = "How often each document is learned from.")
  private int passes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Decides everything that is random; the same seed gives the same weights.")
  private long seed;

  @Mixin private StartOption start;
  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  /**
   * What came of it.
   *
   * @param documents learned from
   * @param words in them
   * @param loss nats, mean over the hidden words of the last pass
   * @param seconds that learning took
   * @param bytes of the file
   */
  private record Report(int documents, long words, double loss, double seconds, long bytes) {
    static void write(JsonGenerator out, Report report) throws IOException {
      out.writeStartObject();
      out.writeNumberField("documents", report.documents);
      out.writeNumberField("words", report.words);
      Json.rounded(out, "loss", Optional.of(report.loss), 4);
      Json.rounded(out, "seconds", Optional.of(report.seconds), 2);
      out.writeNumberField("bytes", report.bytes);
      out.writeEndObject();
    }

    String text() {
      return "%d documents of %d words, loss %.4f, %.2f s, %d bytes"
          .formatted(documents, words, loss, seconds, bytes);
    }
  }

  @Override
  public Integer call() throws Exception {
    new Checks().that(passes >= 1, "--passes", "at least 1", passes).done();
    Logs.onlyWarnings();
    LearningSettings settings = learning.read();
    check(settings);
    ContinualLearner learner = start.learner(settings);
    List<Document> documents =
        Inputs.read(files).stream()
            .map(LabelledDocument::document)
            .filter(document -> !document.tokens().isEmpty())
            .toList();
    long began = System.nanoTime();
    List<UnlabelledDocument> met = learner.pretraining().meet(documents);
    SplittableRandom seeds = new SplittableRandom(seed);
    double loss = 0;
    for (int pass = 1; pass <= passes; pass++) {
      loss = learner.pretraining().pass(met, seeds.nextLong());
      output.progress("pass %d of %d, loss %.4f".formatted(pass, passes, loss));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    WeightsFile.write(to, learner.weights());
    long words = met.stream().mapToLong(UnlabelledDocument::tokens).sum();
    Report report = new Report(documents.size(), words, loss, seconds, Files.size(to));
    output.result(format.of(report, Report::write, Report::text));
    return 0;
  }

  /** Words can be hidden from Holdfast's own encoder only. */
  static void check(LearningSettings settings) {
    if (settings.encoder().isPresent()) {
      throw new BadConfiguration(
          List.of(
              "-S learner.encoder.file: expected none to pre-train, for only Holdfast's own encoder can guess words, was %s"
                  .formatted(settings.encoder().get())));
    }
  }
}
