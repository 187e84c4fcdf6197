package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "long",
    description = {
      "Learns a long stream in which known types take turns, and every few segments a type that is new: one of the known ones in other letters and with other fields, so as hard as that and never met before.",
      "What a new type is learned to is compared with what a learner makes of it that has learned nothing before. A learner that loses its plasticity falls behind that with age."
    },
    mixinStandardHelpOptions = true)
final class LongCommand implements Callable<Integer> {
  private static final String START_PULL = "learner.learning.start-pull";

  @Mixin private Output output;

  @Option(
      names = "--segments",
      paramLabel = StreamSegment.FORM,
      split = ",",
      required = true,
      description = "The types, each with its documents to learn and to test with.")
  private List<String> types;

  @Option(
      names = "--length",
      paramLabel = "N",
      defaultValue = "100",
      showDefaultValue = Visibility.ALWAYS,
      description = "How many segments come.")
  private int length;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "16",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents of each segment.")
  private int documents;

  @Option(
      names = "--fresh-every",
      paramLabel = "N",
      defaultValue = "5",
      showDefaultValue = Visibility.ALWAYS,
      description = "Every so many segments the type is new.")
  private int freshEvery;

  @Option(
      names = "--tests",
      paramLabel = "N",
      defaultValue = "40",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents that each type is tested with.")
  private int tests;

  @Option(
      names = "--start-pulls",
      paramLabel = "R",
      split = ",",
      defaultValue = "0,1e-5",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "Strengths of the pull to the first weights (L2-Init), a run of the stream for each.")
  private List<String> startPulls;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Decides which documents come and all else that is random.")
  private long seed;

  @Option(
      names = "--picture",
      paramLabel = "FILE.svg",
      description = "To write: new types, size and time over the stream.")
  private Path picture;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws IOException {
    new Checks()
        .that(documents >= 1, "--documents", "at least 1", documents)
        .that(freshEvery >= 2, "--fresh-every", "at least 2", freshEvery)
        .that(
            length >= 2 * freshEvery,
            "--length",
            "at least twice --fresh-every, for two new types",
            length)
        .that(tests >= 1, "--tests", "at least 1", tests)
        .done();
    Logs.onlyWarnings();
    for (String pull : startPulls) {
      learning.read(Map.of(START_PULL, pull)); // says what is wrong before anything takes time
    }
    LongStream stream =
        new LongStream(StreamSegment.read(types, Integer.MAX_VALUE), documents, tests, freshEvery);
    List<LongRun> runs = new ArrayList<>();
    for (String pull : startPulls) {
      output.progress("pull to the start " + pull);
      runs.add(
          LongRun.of(
              stream, length, learning.read(Map.of(START_PULL, pull)), seed, output::progress));
    }
    LongReport report = new LongReport(runs);
    if (picture != null) {
      Files.writeString(picture, LongPicture.of(report));
    }
    output.result(format.of(report, LongReport::write, LongReport::text));
    return 0;
  }
}
