package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "lineage",
    description = {
      "Learns a type in one collection, forks another one from it that learns a second type, merges it back, and tests all of them on both types.",
      "first has learned the first type, fork goes on from it to the second, merged is first with fork taken in; apart has learned the second type and nothing else, merged-apart is first with apart taken in; both has learned one after the other itself."
    },
    mixinStandardHelpOptions = true)
final class LineageCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--segments",
      paramLabel = StreamSegment.FORM,
      split = ",",
      required = true,
      description = "The two types, each with its documents to learn and to test with.")
  private List<String> segments;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Only the first N documents of each type.")
  private Integer limit;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "3",
      showDefaultValue = Visibility.ALWAYS,
      description = "Runs; each shuffles the documents and draws its own noise.")
  private int seeds;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() {
    new Checks()
        .that(segments.size() == 2, "--segments", "two", segments.size())
        .that(limit == null || limit >= 1, "--limit", "at least 1", limit)
        .that(seeds >= 1, "--seeds", "at least 1", seeds)
        .done();
    Logs.onlyWarnings();
    List<StreamSegment> types =
        StreamSegment.read(segments, limit == null ? Integer.MAX_VALUE : limit);
    LineageBenchmark benchmark = new LineageBenchmark(types.get(0), types.get(1), learning.read());
    List<LineageBenchmark.Run> runs = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      runs.add(benchmark.run(seed));
      output.progress("seed %d: %s".formatted(seed, runs.get(seed - 1)));
    }
    LineageReport report = new LineageReport(runs);
    output.result(format.of(report, LineageReport::write, LineageReport::text));
    return 0;
  }
}
