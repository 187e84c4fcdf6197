package dev.holdfast.app;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What came of streaming documents through the pipeline.
 *
 * @param documents sent
 * @param extractions that came back, every one counted
 * @param duplicateExtractions of them, those of a document that had one already
 * @param rejected messages
 * @param versions published meanwhile
 * @param prequentialF1 over all scored documents; empty when there was none
 * @param prequentialF1Last100 over the last hundred of them
 * @param byType prequential F1 of each type of document
 * @param byField prequential F1 of each field
 * @param learnToReady from an annotation to a node that serves what learned it; empty when serving
 *     ran elsewhere
 * @param learnToServe from an annotation to the first extraction by a version that learned it
 * @param seconds from the first document sent to the last message received
 * @param servingWordsPerSecond words for each second of the processor that serving took, over the
 *     second half of the documents; empty when serving ran elsewhere
 */
record ReplayReport(
    long documents,
    long extractions,
    long duplicateExtractions,
    long rejected,
    long versions,
    Optional<Double> prequentialF1,
    Optional<Double> prequentialF1Last100,
    SortedMap<String, Double> byType,
    SortedMap<String, Double> byField,
    Latencies.Summary learnToReady,
    Latencies.Summary learnToServe,
    double seconds,
    Optional<Double> servingWordsPerSecond) {

  /** The same with what serving took. */
  ReplayReport withServing(Optional<Double> wordsPerSecond) {
    return new ReplayReport(
        documents,
        extractions,
        duplicateExtractions,
        rejected,
        versions,
        prequentialF1,
        prequentialF1Last100,
        byType,
        byField,
        learnToReady,
        learnToServe,
        seconds,
        wordsPerSecond);
  }

  /** Writes it as one object; what is not known is null. */
  static void write(JsonGenerator out, ReplayReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", report.documents);
    out.writeNumberField("extractions", report.extractions);
    out.writeNumberField("duplicateExtractions", report.duplicateExtractions);
    out.writeNumberField("rejected", report.rejected);
    out.writeNumberField("versions", report.versions);
    Json.rounded(out, "prequentialF1", report.prequentialF1, 4);
    Json.rounded(out, "prequentialF1Last100", report.prequentialF1Last100, 4);
    Json.rounded(out, "byType", report.byType, 4);
    Json.rounded(out, "byField", report.byField, 4);
    write(out, "learnToReadyMillis", report.learnToReady);
    write(out, "learnToServeMillis", report.learnToServe);
    Json.rounded(out, "seconds", Optional.of(report.seconds), 1);
    Json.rounded(out, "servingWordsPerSecond", report.servingWordsPerSecond, 0);
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Latencies.Summary latencies)
      throws IOException {
    out.writeObjectFieldStart(name);
    Json.rounded(out, "p50", latencies.p50(), 0);
    Json.rounded(out, "p95", latencies.p95(), 0);
    out.writeEndObject();
  }

  /** The same for people, a line for each thing. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "documents", documents);
    line(text, "extractions", extractions + " (" + duplicateExtractions + " duplicate)");
    line(text, "rejected", rejected);
    line(text, "versions", versions);
    line(text, "prequential F1", f1(prequentialF1) + ", last 100 " + f1(prequentialF1Last100));
    byType.forEach((type, f1) -> line(text, "  " + type, f1(Optional.of(f1))));
    line(text, "by field", "");
    byField.forEach((field, f1) -> line(text, "  " + field, f1(Optional.of(f1))));
    line(text, "annotated to ready", millis(learnToReady));
    line(text, "annotated to served", millis(learnToServe));
    line(text, "seconds", "%.1f".formatted(seconds));
    servingWordsPerSecond.ifPresent(
        words -> line(text, "serving", "%.0f words a second of its processor".formatted(words)));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, Object value) {
    text.append("%-24s %s%n".formatted(name, value));
  }

  private static String f1(Optional<Double> f1) {
    return f1.map("%.4f"::formatted).orElse("none scored");
  }

  private static String millis(Latencies.Summary latencies) {
    return "p50 %s, p95 %s".formatted(millis(latencies.p50()), millis(latencies.p95()));
  }

  private static String millis(Optional<Double> millis) {
    return millis.map("%.0f ms"::formatted).orElse("not seen");
  }
}
