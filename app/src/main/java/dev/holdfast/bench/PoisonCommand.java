package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.LabelledDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "poison",
    description = {
      "Learns a stream in which one annotator gets every field wrong for a while, with the gate and without it, and measures what is served before, during and after that.",
      "honest is the same stream without wrong labels, with the gate: what the gate costs, and how often it refuses for nothing."
    },
    mixinStandardHelpOptions = true)
public final class PoisonCommand implements Callable<Integer> {
  private static final String SHARE = "learner.gate.held-back-share";

  @Mixin private Output output;

  @Mixin private TrainingFiles train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      description = "Labelled documents to test on.")
  private Path test;

  @Option(
      names = "--burst",
      paramLabel = "N",
      defaultValue = "40",
      showDefaultValue = Visibility.ALWAYS,
      description = "Documents with wrong labels, one after the other.")
  private int burst;

  @Option(
      names = "--at",
      paramLabel = "N",
      description = "Documents before the first of them; half of all if it is not given.")
  private Integer at;

  @Option(
      names = "--seeds",
      paramLabel = "S",
      split = ",",
      defaultValue = "1,2,3",
      showDefaultValue = Visibility.ALWAYS,
      description = "A run for each; decides the order of the documents and all else.")
  private List<Long> seeds;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() {
    List<LabelledDocument> documents = train.read();
    int from = at == null ? documents.size() / 2 : at;
    new Checks()
        .that(burst >= 1, "--burst", "at least 1", burst)
        .that(
            from >= Course.ROUND_EXAMPLES && from + burst <= documents.size(),
            "--at",
            "%d to %d".formatted(Course.ROUND_EXAMPLES, documents.size() - burst),
            from)
        .done();
    Logs.onlyWarnings();
    TestSet tests = new TestSet(Inputs.read(List.of(test)));
    PoisonRun.Burst wrong = new PoisonRun.Burst(from, from + burst);
    Map<String, List<PoisonRun>> runs = new LinkedHashMap<>();
    for (long seed : seeds) {
      List<LabelledDocument> stream = new ArrayList<>(documents);
      Collections.shuffle(stream, new Random(seed));
      run(runs, "gate", stream, wrong, tests, learning.read(), seed);
      run(runs, "none", stream, wrong, tests, learning.read(Map.of(SHARE, "0")), seed);
      PoisonRun.Burst nothing = new PoisonRun.Burst(from, from);
      run(runs, "honest", stream, nothing, tests, learning.read(), seed);
    }
    PoisonReport report = new PoisonReport(documents.size(), wrong, seeds.size(), runs);
    output.result(format.of(report, PoisonReport::write, PoisonReport::text));
    return 0;
  }

  private void run(
      Map<String, List<PoisonRun>> runs,
      String name,
      List<LabelledDocument> stream,
      PoisonRun.Burst burst,
      TestSet tests,
      LearningSettings settings,
      long seed) {
    PoisonRun run = PoisonRun.of(stream, burst, tests, settings, seed);
    runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
    output.progress(
        "%s, seed %d: before %.3f, lowest %.3f, end %.3f, %d refused"
            .formatted(name, seed, run.before(), run.lowest(), run.end(), run.refusals().size()));
  }
}
