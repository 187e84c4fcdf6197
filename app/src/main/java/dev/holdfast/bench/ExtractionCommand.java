package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "extraction",
    description = {
      "Learns each set by itself and tests after its first documents, as evaluate does for one of them; also with parts of extraction taken out.",
      "The sets are learned with the same settings."
    },
    mixinStandardHelpOptions = true)
final class ExtractionCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--sets",
      paramLabel = StreamSegment.FORM,
      split = ",",
      required = true,
      description =
          "A set's name, its labelled documents to learn and to test with; several with commas between them.")
  private List<String> sets;

  @Option(
      names = "--documents",
      paramLabel = "N",
      split = ",",
      defaultValue = "16,64",
      showDefaultValue = Visibility.ALWAYS,
      description = "After how many documents to test, beside the test after all.")
  private List<Integer> documents;

  @Option(
      names = "--modes",
      paramLabel = "stream|joint",
      split = ",",
      defaultValue = "stream",
      showDefaultValue = Visibility.ALWAYS,
      description = "How the documents come.")
  private List<EvaluateCommand.Mode> modes;

  @Option(
      names = "--ablations",
      paramLabel = "ABLATION",
      converter = AblationName.class,
      split = ",",
      defaultValue = "none",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "What is taken out: none, wide-only, encoder-only, no-pretraining, best-path (values by the most probable path), repeats-outside, token-loss (no chain), missing-outside (what is not annotated is taught as absent).")
  private List<Ablation> ablations;

  @Option(
      names = "--label-fraction",
      paramLabel = "R",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each field of each training document is annotated with this probability.")
  private double labelFraction;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Runs of each; the documents keep their order.")
  private int seeds;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N documents of a set.")
  private Integer limit;

  @Mixin private LearningOptions learning;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    new Checks()
        .that(documents.stream().allMatch(n -> n >= 1), "--documents", "numbers from 1", documents)
        .that(
            labelFraction > 0 && labelFraction <= 1,
            "--label-fraction",
            "more than 0 and at most 1",
            labelFraction)
        .that(limit == null || limit >= 1, "--limit", "at least 1", limit)
        .that(seeds >= 1, "--seeds", "at least 1", seeds)
        .done();
    Logs.onlyWarnings();
    for (Ablation ablation : ablations) {
      learning.read(ablation.settings()); // says what is wrong before anything takes time
    }
    List<ExtractionReport.Row> rows = new ArrayList<>();
    for (StreamSegment set : StreamSegment.read(sets, limit == null ? Integer.MAX_VALUE : limit)) {
      for (EvaluateCommand.Mode mode : modes) {
        for (Ablation ablation : ablations) {
          rows.addAll(measure(set, mode, ablation));
        }
      }
    }
    ExtractionReport report = new ExtractionReport(seeds, rows);
    output.result(json ? Json.line(ExtractionReport::write, report) : report.text());
    return 0;
  }

  private List<ExtractionReport.Row> measure(
      StreamSegment set, EvaluateCommand.Mode mode, Ablation ablation) {
    ExtractionBenchmark benchmark =
        new ExtractionBenchmark(set, learning.read(ablation.settings()), ablation, labelFraction);
    SortedSet<Integer> after = new TreeSet<>(documents);
    after.add(set.training().size());
    after = after.headSet(set.training().size() + 1);
    SortedMap<Integer, List<ExtractionBenchmark.Point>> points = new TreeMap<>();
    for (int seed = 1; seed <= seeds; seed++) {
      Map<Integer, ExtractionBenchmark.Point> run =
          mode == EvaluateCommand.Mode.STREAM
              ? benchmark.stream(after, seed)
              : joint(benchmark, after, seed);
      run.forEach((n, point) -> points.computeIfAbsent(n, k -> new ArrayList<>()).add(point));
      output.progress(
          "%s, %s, %s, seed %d: %s"
              .formatted(set.type(), mode.label(), ablation.label(), seed, summary(run)));
    }
    List<ExtractionReport.Row> rows = new ArrayList<>();
    points.forEach(
        (n, all) ->
            rows.add(
                new ExtractionReport.Row(
                    set.type(), mode, ablation, n, n == set.training().size(), all)));
    return rows;
  }

  private static String summary(Map<Integer, ExtractionBenchmark.Point> run) {
    return run.entrySet().stream()
        .map(
            entry ->
                "%d documents %.4f (%.3f, %.0f s)"
                    .formatted(
                        entry.getKey(),
                        entry.getValue().f1(),
                        entry.getValue().calibrationError(),
                        entry.getValue().seconds()))
        .collect(Collectors.joining(", "));
  }

  private static Map<Integer, ExtractionBenchmark.Point> joint(
      ExtractionBenchmark benchmark, SortedSet<Integer> after, long seed) {
    Map<Integer, ExtractionBenchmark.Point> points = new TreeMap<>();
    for (int n : after) {
      points.put(n, benchmark.joint(n, seed));
    }
    return points;
  }

  private static final class AblationName implements ITypeConverter<Ablation> {
    @Override
    public Ablation convert(String name) {
      return Arrays.stream(Ablation.values())
          .filter(ablation -> ablation.label().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected one of %s, was %s"
                          .formatted(
                              Arrays.stream(Ablation.values())
                                  .map(Ablation::label)
                                  .collect(Collectors.joining(", ")),
                              name)));
    }
  }
}
