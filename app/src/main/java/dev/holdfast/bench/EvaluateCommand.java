package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
      "automation has, for each field, the precision of the surest four fifths of its values and the confidence from which these go; foreignValues is the share of values in fields that no annotation of the test file names.",
      "wordsPerSecond is that of extraction, for each second of one thread's processor, after a warm-up."
    },
    mixinStandardHelpOptions = true)
public final class EvaluateCommand implements Callable<Integer> {
  private static final int PROGRESS_DOCUMENTS = 100;
  private static final int WARM_UP_DOCUMENTS = 50;

  enum Mode {
    STREAM,
    JOINT
  }

  @Mixin private Output output;

  @Mixin private TrainingFiles train;

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

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Decides everything that is random; the same seed gives the same weights.")
  private long seed;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "To write: the weights, as a safetensors file.")
  private Path to;

  @Mixin private StartOption start;
  @Mixin private TrainingOptions training;
  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  @Override
  public Integer call() throws Exception {
    training.check(new Checks()).done();
    Logs.onlyWarnings();
    LearningSettings settings = learning.read();
    List<Example> examples = examples();
    TestSet tests = new TestSet(Inputs.read(List.of(test)));
    Course course = new Course(settings, start.learner(settings), seed);
    if (mode == Mode.STREAM) {
      course.stream(examples, learned -> progress(learned, examples.size()));
    } else {
      course.joint(
          examples, (pass, loss) -> output.progress("pass %d, loss %.4f".formatted(pass, loss)));
    }
    if (to != null) {
      WeightsFile.write(to, course.weights());
    }
    EvaluationReport report = test(course, examples.size(), tests);
    output.result(format.of(report, EvaluationReport::write, EvaluationReport::text));
    return 0;
  }

  private void progress(int learned, int documents) {
    if (learned % PROGRESS_DOCUMENTS < Course.ROUND_EXAMPLES || learned == documents) {
      output.progress("learned %d of %d documents".formatted(learned, documents));
    }
  }

  private EvaluationReport test(Course course, int trainDocuments, TestSet tests)
      throws IOException {
    try (Extractor extractor = course.extractor()) {
      tests.sample(WARM_UP_DOCUMENTS).test(extractor);
      Processor processor = new Processor();
      TestSet.Tested tested = processor.run(true, () -> tests.test(extractor));
      tested.write(predictions, extractor);
      return new EvaluationReport(
          tested.score(),
          Confidences.of(tested),
          trainDocuments,
          tests.documents().size(),
          extractor.weights().parameters(),
          course.seconds(),
          tests.words() / processor.seconds(),
          course.updates());
    }
  }

  private List<Example> examples() {
    return training.some(train.read(), seed).stream().map(LabelledDocument::example).toList();
  }
}
