package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Checks;
import dev.holdfast.command.Json;
import dev.holdfast.command.Logs;
import dev.holdfast.command.Output;
import dev.holdfast.command.ReportFormat;
import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Page;
import dev.holdfast.document.Token;
import dev.holdfast.network.Extractor;
import dev.holdfast.sample.SampleStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "length",
    description = {
      "Learns and extracts documents that are longer and longer, and reports what a token costs in each.",
      "A document is a receipt of the sample stream with its annotation, and as many pages of others behind it as it takes. Seconds are the processor's, of one thread, so that other work beside it does not count."
    },
    mixinStandardHelpOptions = true)
final class LengthCommand implements Callable<Integer> {
  /** Turns of all lengths, in each of which each learns and extracts as many tokens; some count. */
  private static final int TURNS = 6;

  private static final int WARM_UPS = 2;

  @Mixin private Output output;

  @Option(
      names = "--tokens",
      paramLabel = "N",
      split = ",",
      defaultValue = "1000,5000,10000",
      showDefaultValue = Visibility.ALWAYS,
      description = "How long the documents are.")
  private List<Integer> tokens;

  @Mixin private LearningOptions learning;
  @Mixin private ReportFormat format;

  /** Documents of one length: a learner of them, and what they cost. */
  private static final class Length {
    private final int tokens;
    private final LearningSettings settings;
    private final ContinualLearner learner;
    private final Processor learning = new Processor();
    private final Processor extraction = new Processor();
    private long updates;
    private long extractions;
    private int next;

    Length(int tokens, LearningSettings settings) {
      this.tokens = tokens;
      this.settings = settings;
      learner = new ContinualLearner(settings);
    }

    void turn(int documents, boolean counts) {
      for (int i = 0; i < documents; i++) {
        next++;
        List<Example> one = List.of(document(tokens, next));
        int made = learning.run(counts, () -> learner.learn(one, next).updates());
        updates += counts ? made : 0;
      }
      try (Extractor extractor = new Extractor(learner.weights(), settings.encoder())) {
        for (int i = 0; i < documents; i++) {
          Document unseen = document(tokens, -next - i).document();
          extraction.run(counts, () -> extractor.extract(unseen));
          extractions += counts ? 1 : 0;
        }
      }
    }

    double updateSeconds() {
      return learning.seconds() / updates;
    }

    double extractSeconds() {
      return extraction.seconds() / extractions;
    }
  }

  @Override
  public Integer call() {
    new Checks()
        .that(tokens.stream().allMatch(n -> n >= 100), "--tokens", "numbers from 100", tokens)
        .done();
    Logs.onlyWarnings();
    LearningSettings settings = learning.read();
    List<Length> lengths = tokens.stream().map(n -> new Length(n, settings)).toList();
    int longest = Collections.max(tokens);
    for (int turn = 0; turn < TURNS; turn++) {
      for (Length length : lengths) {
        length.turn(longest / length.tokens, turn >= WARM_UPS);
      }
      output.progress("turn %d of %d".formatted(turn + 1, TURNS));
    }
    output.result(format.of(lengths, LengthCommand::write, LengthCommand::text));
    return 0;
  }

  /** A receipt and other documents of the sample stream behind it. */
  private static Example document(int length, int number) {
    SampleStream sample = new SampleStream(number);
    LabelledDocument first = sample.at(0);
    List<Page> pages = new ArrayList<>();
    List<Token> tokens = new ArrayList<>();
    for (int i = 0; tokens.size() < length; i++) {
      Document next = sample.at(i).document();
      for (Token token : next.tokens()) {
        tokens.add(new Token(token.text(), token.box(), pages.size() + token.page(), token.line()));
      }
      pages.addAll(next.pages());
    }
    Document whole =
        new Document(
            new DocumentId("length-" + number),
            first.document().collection(),
            first.document().type(),
            first.document().language(),
            pages,
            tokens.subList(0, length));
    return Example.taught(whole, first.example().taught());
  }

  private static void write(JsonGenerator out, List<Length> lengths) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("lengths");
    for (Length length : lengths) {
      out.writeStartObject();
      out.writeNumberField("tokens", length.tokens);
      rounded(out, "updateMilliseconds", 1e3 * length.updateSeconds());
      rounded(out, "extractMilliseconds", 1e3 * length.extractSeconds());
      rounded(out, "updateMicrosecondsPerToken", 1e6 * length.updateSeconds() / length.tokens);
      rounded(out, "extractMicrosecondsPerToken", 1e6 * length.extractSeconds() / length.tokens);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void rounded(JsonGenerator out, String name, double number) throws IOException {
    Json.rounded(out, name, Optional.of(number), 2);
  }

  private static String text(List<Length> lengths) {
    StringBuilder text = new StringBuilder();
    for (Length length : lengths) {
      text.append(
          "%6d tokens  update %.1f ms, %.1f µs a token  extraction %.1f ms, %.1f µs a token%n"
              .formatted(
                  length.tokens,
                  1e3 * length.updateSeconds(),
                  1e6 * length.updateSeconds() / length.tokens,
                  1e3 * length.extractSeconds(),
                  1e6 * length.extractSeconds() / length.tokens));
    }
    return text.toString();
  }
}
