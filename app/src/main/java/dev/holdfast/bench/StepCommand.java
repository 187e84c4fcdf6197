package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "step",
    description = {
      "Measures what a learning step of the wide part costs, and which share of it is the elastic"
          + " step: two learners that remember nothing learn the same documents in turns, one with"
          + " and one without it.",
      "Seconds are the processor's, of the learning thread, so that other work beside it does not"
          + " count; the first half of the rounds only warms up."
    },
    mixinStandardHelpOptions = true)
final class StepCommand implements Callable<Integer> {
  @Mixin private Output output;

  @Mixin private TrainingFiles train;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      showDefaultValue = Visibility.ALWAYS,
      description = "Only the first N to learn.")
  private int limit;

  @Mixin private LearningOptions learning;

  @Mixin private ReportFormat format;

  /**
   * What was measured.
   *
   * @param updates of each learner, a document each
   * @param plainSeconds of the processor for an update of the wide part without the elastic step
   * @param heldSeconds the same with it
   */
  private record Cost(long updates, double plainSeconds, double heldSeconds) {
    private double elasticShare() {
      return 1 - plainSeconds / heldSeconds;
    }

    private static void write(JsonGenerator out, Cost cost) throws IOException {
      out.writeStartObject();
      out.writeNumberField("updates", cost.updates);
      Json.rounded(out, "plainMilliseconds", Optional.of(1e3 * cost.plainSeconds), 4);
      Json.rounded(out, "heldMilliseconds", Optional.of(1e3 * cost.heldSeconds), 4);
      Json.rounded(out, "elasticShare", Optional.of(cost.elasticShare()), 4);
      out.writeEndObject();
    }

    private String text() {
      return "%d updates, %.3f ms each without and %.3f ms with the elastic step: %.1f %% of it%n"
          .formatted(updates, 1e3 * plainSeconds, 1e3 * heldSeconds, 100 * elasticShare());
    }
  }

  /** A learner and what its rounds cost. */
  private static final class Timed {
    private final ContinualLearner learner;
    private final Processor processor = new Processor();
    private long updates;

    private Timed(ContinualLearner learner) {
      this.learner = learner;
    }

    private void learn(List<Example> examples, long seed, boolean counted) {
      int made = processor.run(counted, () -> learner.learn(examples, seed).updates());
      updates += counted ? made : 0;
    }

    private double secondsEach() {
      return processor.seconds() / updates;
    }
  }

  @Override
  public Integer call() throws Exception {
    new Checks()
        .that(
            limit >= 2 * Course.ROUND_EXAMPLES,
            "--limit",
            "at least " + 2 * Course.ROUND_EXAMPLES,
            limit)
        .done();
    Logs.onlyWarnings();
    Timed plain = new Timed(learner(Map.of("learner.learning.elastic-lambda", "0")));
    Timed held = new Timed(learner(Map.of()));
    List<Example> examples =
        train.read().stream().limit(limit).map(LabelledDocument::example).toList();
    for (int from = 0; from < examples.size(); from += Course.ROUND_EXAMPLES) {
      List<Example> round =
          examples.subList(from, Math.min(from + Course.ROUND_EXAMPLES, examples.size()));
      boolean counted = 2 * from >= examples.size();
      boolean plainFirst = from / Course.ROUND_EXAMPLES % 2 == 0;
      (plainFirst ? plain : held).learn(round, from, counted);
      (plainFirst ? held : plain).learn(round, from, counted);
    }
    Cost cost = new Cost(held.updates, plain.secondsEach(), held.secondsEach());
    output.result(format.of(cost, Cost::write, Cost::text));
    return 0;
  }

  private ContinualLearner learner(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("learner.learning.memory-documents", "0"); // so that weights are held in full
    settings.put("learner.learning.encoder-share", "0"); // it is not rehearsed in a round
    return new ContinualLearner(learning.read(settings));
  }
}
