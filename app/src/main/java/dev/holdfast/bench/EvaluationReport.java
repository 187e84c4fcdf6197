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
 * @param confidences of the extracted values
 * @param trainDocuments learned
 * @param testDocuments extracted
 * @param parameters numbers in the weights
 * @param trainSeconds that learning took
 * @param wordsPerSecond of extraction in one thread
 * @param updates of the weights
 */
record EvaluationReport(
    Score score,
    Confidences confidences,
    int trainDocuments,
    int testDocuments,
    long parameters,
    double trainSeconds,
    double wordsPerSecond,
    long updates) {

  /** Writes it as one object. */
  static void write(JsonGenerator out, EvaluationReport report) throws IOException {
    out.writeStartObject();
    share(out, "microF1", report.score.microF1());
    share(out, "macroF1", report.score.macroF1());
    share(out, "precision", report.score.precision());
    share(out, "recall", report.score.recall());
    out.writeObjectFieldStart("fields");
    for (Map.Entry<FieldName, Tally> field : report.score.fields().entrySet()) {
      share(out, field.getKey().value(), field.getValue().f1());
    }
    out.writeEndObject();
    share(out, "expectedCalibrationError", report.confidences.calibrationError());
    share(out, "foreignValues", report.confidences.foreignShare());
    out.writeObjectFieldStart("automation");
    for (Map.Entry<FieldName, Confidences.Automation> field :
        report.confidences.automation().entrySet()) {
      out.writeObjectFieldStart(field.getKey().value());
      share(out, "threshold", field.getValue().threshold());
      share(out, "precision", field.getValue().precision());
      out.writeEndObject();
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

  private static void share(JsonGenerator out, String name, double share) throws IOException {
    Json.rounded(out, name, Optional.of(share), 4);
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
    line(text, "calibration error", "%.4f".formatted(confidences.calibrationError()));
    line(text, "foreign values", "%.4f".formatted(confidences.foreignShare()));
    confidences
        .automation()
        .forEach(
            (field, automation) ->
                line(
                    text,
                    "  " + field,
                    "surest 80 %%: precision %.4f from confidence %.4f"
                        .formatted(automation.precision(), automation.threshold())));
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
