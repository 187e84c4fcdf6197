package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.sample.PartialAnnotations;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "evaluate",
    description = {
      "Learns from files of labelled documents with the learner's own code, then extracts and scores a test file. No Kafka.",
      "As a stream every training document comes once and in order, in rounds with the rehearsal between them that an unhurried learner service does. Jointly they come again and again, in changing order, until that helps no more: the bound that a stream is held against.",
      "wordsPerSecond is that of extraction in one thread, after a warm-up."
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  enum Mode {
    STREAM,
    JOINT
  }

  @Mixin private Output output;

  @Option(
      names = "--train",
      paramLabel = "FILE",
      split = ",",
      required = true,
      description = "Labelled documents to learn, several files with commas between them.")
  private List<Path> train;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      required = true,
      description = "Labelled documents to extract and score.")
  private Path test;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      description = "To write: an extraction of each test document, one JSON object a line.")
  private Path predictions;

  @Option(
      names = "--mode",
      paramLabel = "stream|joint",
      defaultValue = "stream",
      showDefaultValue = Visibility.ALWAYS,
      description = "How the training documents come.")
  private Mode mode;

  @Option(names = "--limit", paramLabel = "N", description = "Only the first N to learn.")
  private Integer limit;

  @Option(
      names = "--label-fraction",
      paramLabel = "R",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each field of each training document is annotated with this probability.")
  private double labelFraction;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Decides everything that is random; the same seed gives the same weights.")
  private long seed;

  @Option(
      names = "-S",
      paramLabel = "KEY=VALUE",
      description = "A setting of learning, such as learner.learning.visits=3.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(limit == null || limit >= 1, "--limit", "at least 1", limit)
        .that(
            labelFraction > 0 && labelFraction <= 1,
            "--label-fraction",
            "more than 0 and at most 1",
            labelFraction)
        .done();
    Logs.onlyWarnings();
    LearningSettings learning = learning();
    List<LabelledDocument> training = training();
    List<LabelledDocument> tests = Inputs.read(List.of(test));
    Evaluation evaluation = new Evaluation(learning, seed, output::progress);
    Evaluation.Outcome outcome =
        mode == Mode.STREAM
            ? evaluation.stream(training, tests)
            : evaluation.joint(training, tests);
    write(outcome.extractions());
    EvaluationReport report = outcome.report();
    output.result(json ? Json.line(EvaluationReport::write, report) : report.text());
    return 0;
  }

  private LearningSettings learning() {
    for (String key : settings.keySet()) {
      if (!key.startsWith("learner.")) {
        throw new BadConfiguration(
            List.of("-S %s: expected a setting that begins with learner.learning.".formatted(key)));
      }
    }
    SettingsReader reader = new SettingsReader(settings, "learner");
    LearningSettings learning = LearningSettings.from(reader);
    reader.finish();
    return learning;
  }

  private List<LabelledDocument> training() {
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction);
    List<LabelledDocument> kept = new ArrayList<>();
    for (LabelledDocument full : Inputs.read(train)) {
      if (limit == null || kept.size() < limit) {
        kept.add(new LabelledDocument(full.document(), partial.keep(full.annotation())));
      }
    }
    return kept;
  }

  private void write(List<Extraction> extractions) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(predictions)) {
      for (Extraction extraction : extractions) {
        out.write(Json.line(ExtractionJson::write, extraction));
        out.write('\n');
      }
    }
  }
}
