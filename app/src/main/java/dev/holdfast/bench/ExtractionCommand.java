package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
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
      "The sets are learned with the same settings; foreign is the part of all values that are in fields of no document of the set."
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
      paramLabel = "stream|joint|mixed",
      split = ",",
      defaultValue = "stream",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "How the documents come: each set to a learner of its own, once or again and again; or all sets to one learner, in turn by chance, tested at the end.")
  private List<Arrival> arrivals;

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
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Runs of each; the documents keep their order.")
  private int seeds;

  @Mixin private TrainingOptions training;
  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() {
    training
        .check(new Checks())
        .that(documents.stream().allMatch(n -> n >= 1), "--documents", "numbers from 1", documents)
        .that(seeds >= 1, "--seeds", "at least 1", seeds)
        .done();
    Logs.onlyWarnings();
    for (Ablation ablation : ablations) {
      learning.read(ablation.settings()); // says what is wrong before anything takes time
    }
    List<StreamSegment> read = StreamSegment.read(sets, training.limit());
    List<ExtractionReport.Row> rows = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      for (Ablation ablation : ablations) {
        rows.addAll(measure(read, arrival, ablation));
      }
    }
    ExtractionReport report = new ExtractionReport(seeds, rows);
    output.result(format.of(report, ExtractionReport::write, ExtractionReport::text));
    return 0;
  }

  private List<ExtractionReport.Row> measure(
      List<StreamSegment> read, Arrival arrival, Ablation ablation) {
    ExtractionBenchmark benchmark =
        new ExtractionBenchmark(
            learning.read(ablation.settings()), ablation, training.labelFraction());
    Map<String, SortedMap<Integer, List<ExtractionBenchmark.Point>>> points = new LinkedHashMap<>();
    read.forEach(set -> points.put(set.type(), new TreeMap<>()));
    for (int seed = 1; seed <= seeds; seed++) {
      if (arrival == Arrival.MIXED) {
        List<ExtractionBenchmark.Point> run = benchmark.mixed(read, seed);
        for (int k = 0; k < read.size(); k++) {
          add(points, read.get(k), arrival, ablation, Map.of(size(read.get(k)), run.get(k)));
        }
        continue;
      }
      for (StreamSegment set : read) {
        add(
            points,
            set,
            arrival,
            ablation,
            arrival == Arrival.STREAM
                ? benchmark.stream(set, after(set), seed)
                : joint(benchmark, set, seed));
      }
    }
    List<ExtractionReport.Row> rows = new ArrayList<>();
    for (StreamSegment set : read) {
      points
          .get(set.type())
          .forEach(
              (n, all) ->
                  rows.add(
                      new ExtractionReport.Row(
                          set.type(), arrival, ablation, n, n == size(set), all)));
    }
    return rows;
  }

  private void add(
      Map<String, SortedMap<Integer, List<ExtractionBenchmark.Point>>> points,
      StreamSegment set,
      Arrival arrival,
      Ablation ablation,
      Map<Integer, ExtractionBenchmark.Point> run) {
    SortedMap<Integer, List<ExtractionBenchmark.Point>> known = points.get(set.type());
    new TreeMap<>(run)
        .forEach(
            (n, point) -> {
              List<ExtractionBenchmark.Point> all =
                  known.computeIfAbsent(n, k -> new ArrayList<>());
              all.add(point);
              output.progress(
                  "%s, %s, %s, seed %d, %d documents: F1 %.4f, calibration error %.3f, foreign %.4f, %.0f s"
                      .formatted(
                          set.type(),
                          arrival.label(),
                          ablation.label(),
                          all.size(),
                          n,
                          point.f1(),
                          point.calibrationError(),
                          point.foreignShare(),
                          point.seconds()));
            });
  }

  private static int size(StreamSegment set) {
    return set.training().size();
  }

  private SortedSet<Integer> after(StreamSegment set) {
    SortedSet<Integer> after = new TreeSet<>(documents);
    after.add(size(set));
    return after.headSet(size(set) + 1);
  }

  private Map<Integer, ExtractionBenchmark.Point> joint(
      ExtractionBenchmark benchmark, StreamSegment set, long seed) {
    Map<Integer, ExtractionBenchmark.Point> points = new TreeMap<>();
    for (int n : after(set)) {
      points.put(n, benchmark.joint(set, n, seed));
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
