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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "step",
    description = {
      "Measures what a learning step of the wide part costs, and which share of it is the elastic"
          + " step: two learners learn the same documents in turns, one with and one without it. It"
          + " holds by next to nothing, so that both make the same updates.",
      "Times are the processor's, of the learning thread, so that other work beside it counts"
          + " little; medians and quartiles over rounds, of which the first half only warms up."
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
   * What a round cost.
   *
   * @param plain seconds of the processor for an update of the wide part without the elastic step
   * @param held the same with it
   */
  private record Round(double plain, double held) {
    private static Round of(Work plain, Work held) {
      return new Round(plain.secondsEach(), held.secondsEach());
    }

    private double elasticShare() {
      return 1 - plain / held;
    }
  }

  /**
   * What was measured.
   *
   * @param updates of each learner, a document each
   * @param rounds at least one
   */
  private record Cost(long updates, List<Round> rounds) {
    /** Among the rounds, ordered by that number, the one at this share of them. */
    private double quantile(double share, ToDoubleFunction<Round> number) {
      double[] sorted = rounds.stream().mapToDouble(number).sorted().toArray();
      return sorted[(int) Math.min(share * sorted.length, sorted.length - 1.0)];
    }

    private static void write(JsonGenerator out, Cost cost) throws IOException {
      out.writeStartObject();
      out.writeNumberField("updates", cost.updates);
      number(out, "plainMilliseconds", 1e3 * cost.quantile(.5, Round::plain));
      number(out, "heldMilliseconds", 1e3 * cost.quantile(.5, Round::held));
      number(out, "elasticShare", cost.quantile(.5, Round::elasticShare));
      number(out, "elasticShareLowerQuartile", cost.quantile(.25, Round::elasticShare));
      number(out, "elasticShareUpperQuartile", cost.quantile(.75, Round::elasticShare));
      out.writeEndObject();
    }

    private static void number(JsonGenerator out, String name, double number) throws IOException {
      Json.rounded(out, name, Optional.of(number), 4);
    }

    private String text() {
      return "%d updates, %.3f ms each without and %.3f ms with the elastic step: %.1f %% of it (%.1f to %.1f)%n"
          .formatted(
              updates,
              1e3 * quantile(.5, Round::plain),
              1e3 * quantile(.5, Round::held),
              100 * quantile(.5, Round::elasticShare),
              100 * quantile(.25, Round::elasticShare),
              100 * quantile(.75, Round::elasticShare));
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
    ContinualLearner plain = learner(Map.of("learner.learning.elastic-lambda", "0"));
    ContinualLearner held = learner(Map.of("learner.learning.elastic-lambda", "1e-9"));
    List<Example> examples =
        train.read().stream().limit(limit).map(LabelledDocument::example).toList();
    List<Round> rounds = new ArrayList<>();
    long updates = 0;
    for (int from = 0; from < examples.size(); from += Course.ROUND_EXAMPLES) {
      List<Example> some =
          examples.subList(from, Math.min(from + Course.ROUND_EXAMPLES, examples.size()));
      boolean plainFirst = from / Course.ROUND_EXAMPLES % 2 == 0;
      Work first = Work.of(plainFirst ? plain : held, some, from);
      Work second = Work.of(plainFirst ? held : plain, some, from);
      if (2 * from >= examples.size()) {
        rounds.add(plainFirst ? Round.of(first, second) : Round.of(second, first));
        updates += first.updates();
      }
    }
    output.result(format.of(new Cost(updates, rounds), Cost::write, Cost::text));
    return 0;
  }

  /** What a learner did in a round. */
  private record Work(long updates, double seconds) {
    private static Work of(ContinualLearner learner, List<Example> examples, long seed) {
      Processor processor = new Processor();
      long updates = processor.run(true, () -> learner.learn(examples, seed).updates());
      return new Work(updates, processor.seconds());
    }

    private double secondsEach() {
      return seconds / updates;
    }
  }

  private ContinualLearner learner(Map<String, String> lambda) {
    Map<String, String> settings = new HashMap<>(lambda);
    settings.put("learner.learning.memory-documents", "0"); // so that weights are held
    settings.put("learner.learning.encoder-share", "0"); // it is not rehearsed in a round
    return new ContinualLearner(learning.read(settings));
  }
}
