package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.drift.UnlabelledDrift;
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
    name = "drift",
    description = {
      "Measures detectors of drift: how many come after a known change until each alarms, and how often it alarms when nothing has changed, beside one that never and one that always does.",
      "Detectors on errors run over zeros and ones whose rate rises. Those on documents run over files, one after the other: the first half of each is for learning, the stream is drawn from the other half with replacement, and halfway through the file is learned; or over the sample stream in the same way.",
      "After an alarm a detector begins anew; only the first alarm after a change counts as its detection."
    },
    mixinStandardHelpOptions = true)
final class DriftCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private LearningOptions learning;

  @Option(
      names = "--stream",
      paramLabel = "FILE",
      split = ",",
      description = "Labelled documents, a file for each part of the stream, at least two.")
  private List<Path> stream = List.of();

  @Option(names = "--errors", description = "Runs the detectors on errors.")
  private boolean errors;

  @Option(names = "--sample", description = "Runs the detectors on the sample stream.")
  private boolean sample;

  @Option(
      names = "--documents",
      paramLabel = "N",
      defaultValue = "2000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How long each part of a stream of documents is.")
  private int documents;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each stream is run once for each of these; results are of all together.")
  private List<Long> seeds;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() {
    new Checks()
        .that(
            errors || sample || !stream.isEmpty(),
            "--stream",
            "files, or --errors or --sample",
            "none")
        .that(stream.size() != 1, "--stream", "at least two files", stream)
        .that(documents >= 200, "--documents", "at least 200", documents)
        .done();
    Logs.onlyWarnings();
    List<List<LabelledDocument>> files =
        stream.stream().map(file -> Inputs.read(List.of(file))).toList();
    DriftReport report = new DriftReport();
    if (errors) {
      Map<String, DriftTrial<Double>> trials = DriftStreams.errorDetectors();
      seeds.forEach(seed -> DriftStreams.errors(trials, seed));
      report.add("errors", trials);
    }
    if (sample) {
      Map<String, DriftTrial<Sight>> trials = trials();
      seeds.forEach(seed -> run(trials, DriftSegment.sample(seed, documents), seed));
      report.add("sample", trials);
    }
    if (!files.isEmpty()) {
      Map<String, DriftTrial<Sight>> trials = trials();
      seeds.forEach(seed -> run(trials, segments(files, seed), seed));
      report.add("files", trials);
    }
    output.result(format.of(report, DriftReport::write, DriftReport::text));
    return 0;
  }

  private static Map<String, DriftTrial<Sight>> trials() {
    return DriftStreams.documentDetectors(UnlabelledDrift.Settings.DEFAULT);
  }

  private static List<DriftSegment> segments(List<List<LabelledDocument>> files, long seed) {
    List<DriftSegment> segments = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      segments.add(DriftSegment.of(files.get(i), seed * 1_000 + i));
    }
    return segments;
  }

  private void run(Map<String, DriftTrial<Sight>> trials, List<DriftSegment> segments, long seed) {
    output.progress(
        "seed %d: %d segments of %d documents".formatted(seed, segments.size(), documents));
    try (DriftReader reader = new DriftReader(learning.read(), seed)) {
      DriftStreams.documents(trials, segments, documents, reader);
    }
  }
}
