package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import dev.holdfast.document.FieldName;
import dev.holdfast.score.Score;
import dev.holdfast.score.Tally;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * How well a test set is extracted after learning from a training set.
 *
 * @param score over all test documents
 * @param trainDocuments learned
 * @param testDocuments extracted
 * @param parameters numbers in the weights
 * @param trainSeconds that learning took
 * @param wordsPerSecond of extraction in one thread
 * @param updates of the weights
 */
record EvaluationReport(
    Score score,
    int trainDocuments,
    int testDocuments,
    long parameters,
    double trainSeconds,
    double wordsPerSecond,
    long updates) {

  /** Writes it as one object. */
  static void write(JsonGenerator out, EvaluationReport report) throws IOException {
    out.writeStartObject();
    f1(out, "microF1", report.score.microF1());
    f1(out, "macroF1", report.score.macroF1());
    f1(out, "precision", report.score.precision());
    f1(out, "recall", report.score.recall());
    out.writeObjectFieldStart("fields");
    for (Map.Entry<FieldName, Tally> field : report.score.fields().entrySet()) {
      f1(out, field.getKey().value(), field.getValue().f1());
    }
    out.writeEndObject();
    out.writeNumberField("trainDocuments", report.trainDocuments);
    out.writeNumberField("testDocuments", report.testDocuments);
    out.writeNumberField("parameters", report.parameters);
    Json.rounded(out, "trainSeconds", Optional.of(report.trainSeconds), 2);
    Json.rounded(out, "wordsPerSecond", Optional.of(report.wordsPerSecond), 0);
    out.writeNumberField("updates", report.updates);
    out.writeEndObject();
  }

  private static void f1(JsonGenerator out, String name, double f1) throws IOException {
    Json.rounded(out, name, Optional.of(f1), 4);
  }

  /** The same for people, a line for each thing. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "micro F1", "%.4f".formatted(score.microF1()));
    line(text, "macro F1", "%.4f".formatted(score.macroF1()));
    line(text, "precision", "%.4f".formatted(score.precision()));
    line(text, "recall", "%.4f".formatted(score.recall()));
    score
        .fields()
        .forEach((field, tally) -> line(text, "  " + field, "%.4f".formatted(tally.f1())));
    line(text, "learned", trainDocuments + " documents");
    line(text, "in", "%.2f s, %d updates".formatted(trainSeconds, updates));
    line(text, "parameters", parameters);
    line(text, "tested on", testDocuments + " documents");
    line(text, "extraction", "%.0f words a second".formatted(wordsPerSecond));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append("%-24s %s%n".formatted(name, value));
  }
}
