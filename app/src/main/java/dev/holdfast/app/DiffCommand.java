package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Inputs;
import dev.holdfast.command.Json;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsDistance;
import dev.holdfast.score.Score;
import dev.holdfast.score.Scorer;
import dev.holdfast.score.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "diff",
    description = {
      "Says how far the weights of two versions lie apart in each part of the extractor.",
      "With labelled documents, also how well each of them reads each field: F1 over values. Versions over an encoder from a file need the learner's settings of it."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand extends CollectionCommand {
  private static final int DECIMALS = 6;

  @Parameters(index = "0", paramLabel = "A", description = "Number of one version.")
  private long first;

  @Parameters(index = "1", paramLabel = "B", description = "Number of the other.")
  private long second;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      split = ",",
      description =
          "Labelled documents to score both with, several files with commas between them.")
  private List<Path> test = List.of();

  /** Scores are there when there are documents. */
  private record Difference(
      long first,
      long second,
      List<WeightsDistance> parts,
      Optional<Score> one,
      Optional<Score> other) {}

  @Override
  int run(Configuration configuration, Map<String, String> kafka) {
    List<LabelledDocument> documents = Inputs.read(test);
    Optional<EncoderFile> encoder = configuration.learner().learning().encoder();
    Weights one = Versions.find(kafka, version(first)).weights();
    Weights other = Versions.find(kafka, version(second)).weights();
    Difference difference =
        new Difference(
            first,
            second,
            WeightsDistance.between(one, other),
            score(one, documents, encoder),
            score(other, documents, encoder));
    result(difference, DiffCommand::write, text(difference));
    return 0;
  }

  private static Optional<Score> score(
      Weights weights, List<LabelledDocument> documents, Optional<EncoderFile> encoder) {
    if (documents.isEmpty()) {
      return Optional.empty();
    }
    Score score = Score.NONE;
    try (Extractor extractor = new Extractor(weights, encoder)) {
      for (LabelledDocument labelled : documents) {
        Map<FieldName, List<String>> found = new HashMap<>();
        extractor
            .extract(labelled.document())
            .fields()
            .forEach(
                (field, values) ->
                    found.put(field, values.stream().map(PredictedValue::text).toList()));
        score = score.plus(Scorer.score(labelled.document(), labelled.annotation().marks(), found));
      }
    }
    return Optional.of(score);
  }

  private static String text(Difference difference) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-10s %12s %12s %12s %12s%n"
            .formatted("part", "numbers", "changed", "distance", "norm of A"));
    for (WeightsDistance part : difference.parts()) {
      text.append(
          "%-10s %12d %12d %12.4f %12.4f%n"
              .formatted(
                  part.part(), part.numbers(), part.changed(), part.distance(), part.norm()));
    }
    if (difference.one().isPresent()) {
      Score one = difference.one().get();
      Score other = difference.other().orElseThrow();
      text.append("%-30s %8s %8s%n".formatted("field", "F1 of A", "F1 of B"));
      one.fields()
          .forEach(
              (field, tally) ->
                  text.append(
                      "%-30s %8.3f %8.3f%n"
                          .formatted(field, tally.f1(), other.fields().get(field).f1())));
      text.append("%-30s %8.3f %8.3f%n".formatted("all", one.microF1(), other.microF1()));
    }
    return text.toString().stripTrailing();
  }

  private static void write(JsonGenerator out, Difference difference) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("versions");
    out.writeNumber(difference.first());
    out.writeNumber(difference.second());
    out.writeEndArray();
    out.writeArrayFieldStart("parts");
    for (WeightsDistance part : difference.parts()) {
      out.writeStartObject();
      out.writeStringField("part", part.part());
      out.writeNumberField("numbers", part.numbers());
      out.writeNumberField("changed", part.changed());
      Json.rounded(out, "distance", Optional.of(part.distance()), DECIMALS);
      Json.rounded(out, "norm", Optional.of(part.norm()), DECIMALS);
      out.writeEndObject();
    }
    out.writeEndArray();
    if (difference.one().isPresent()) {
      out.writeObjectFieldStart("f1");
      Score other = difference.other().orElseThrow();
      for (Map.Entry<FieldName, Tally> field : difference.one().get().fields().entrySet()) {
        write(
            out,
            field.getKey().value(),
            field.getValue().f1(),
            other.fields().get(field.getKey()).f1());
      }
      out.writeEndObject();
      write(out, "microF1", difference.one().get().microF1(), other.microF1());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, double one, double other)
      throws IOException {
    out.writeArrayFieldStart(name);
    out.writeNumber(one);
    out.writeNumber(other);
    out.writeEndArray();
  }
}
