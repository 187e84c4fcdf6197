package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "transfer",
    description = {
      "Learns the first documents of a target with and without what was learned before, and tests after so many.",
      "worthDocuments is how many documents a learner that knew nothing needs for the same F1; none when that is outside of its curve."
    },
    mixinStandardHelpOptions = true)
final class TransferCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Option(
      names = "--from",
      paramLabel = "[NAME=]FILE",
      split = ",",
      required = true,
      description = "Labelled documents that come before, in order; names are for the reader.")
  private List<String> from;

  @Option(
      names = "--to",
      paramLabel = "[NAME=]TRAIN:TEST",
      required = true,
      description = "Labelled documents of the target, to learn and to test with.")
  private String to;

  @Option(
      names = "--documents",
      paramLabel = "N",
      split = ",",
      defaultValue = "4,8,16,32,64",
      showDefaultValue = Visibility.ALWAYS,
      description = "After how many documents of the target to test, ascending.")
  private List<Integer> documents;

  @Option(
      names = "--transfers",
      paramLabel = "TRANSFER",
      split = ",",
      defaultValue = "none,pretrained,learned,both",
      showDefaultValue = Visibility.ALWAYS,
      description =
          "none knows nothing; pretrained has guessed hidden words in all documents, those of the target among them; learned has learned the fields of the others in order; both has done one after the other.")
  private List<Transfer> transfers;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "4",
      showDefaultValue = Visibility.ALWAYS,
      description = "Passes of pre-training.")
  private int passes;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      defaultValue = "5",
      showDefaultValue = Visibility.ALWAYS,
      description = "Runs of each transfer; each draws its own documents and its own noise.")
  private int seeds;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() {
    List<String> target = List.of(file(to).split(":", 2));
    new Checks()
        .that(target.size() == 2, "--to", "TRAIN:TEST", to)
        .that(ascending(), "--documents", "ascending numbers from 1", documents)
        .that(passes >= 1, "--passes", "at least 1", passes)
        .that(seeds >= 1, "--seeds", "at least 1", seeds)
        .done();
    Logs.onlyWarnings();
    LearningSettings settings = learning.read();
    if (transfers.stream().anyMatch(transfer -> transfer.language)) {
      PretrainCommand.check(settings);
    }
    List<List<LabelledDocument>> sources = new ArrayList<>();
    for (String source : from) {
      sources.add(Inputs.read(List.of(Path.of(file(source)))));
    }
    List<LabelledDocument> training = Inputs.read(List.of(Path.of(target.get(0))));
    int most = documents.get(documents.size() - 1);
    new Checks()
        .that(most <= training.size(), "--documents", "at most " + training.size(), most)
        .done();
    TestSet tests = new TestSet(Inputs.read(List.of(Path.of(target.get(1)))));
    TransferReport report =
        run(new TransferBenchmark(sources, training, tests, settings, passes, output::progress));
    output.result(format.of(report, TransferReport::write, TransferReport::text));
    return 0;
  }

  private boolean ascending() {
    int before = 0;
    for (int count : documents) {
      if (count <= before) {
        return false;
      }
      before = count;
    }
    return true;
  }

  private TransferReport run(TransferBenchmark benchmark) {
    Map<Transfer, List<Map<Integer, Double>>> runs = new TreeMap<>();
    for (Transfer transfer : transfers) {
      Optional<Weights> start = benchmark.start(transfer);
      List<Map<Integer, Double>> all = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        all.add(benchmark.run(start, documents, seed));
        output.progress("%s, seed %d: %s".formatted(transfer.label(), seed, all.get(seed - 1)));
      }
      runs.put(transfer, all);
    }
    return TransferReport.of(seeds, runs);
  }

  /** What follows the name, if there is one. */
  private static String file(String argument) {
    return argument.substring(argument.indexOf('=') + 1);
  }
}
