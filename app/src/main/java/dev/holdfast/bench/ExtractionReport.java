package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well sets are extracted after so many documents, a row for each way to learn them.
 *
 * @param seeds runs of each row
 * @param rows in the order in which they were measured
 */
record ExtractionReport(int seeds, List<Row> rows) {
  private static final int DECIMALS = 4;

  ExtractionReport {
    rows = List.copyOf(rows);
  }

  /**
   * The runs of one way to learn one set.
   *
   * @param set its name
   * @param mode how its documents came
   * @param ablation what was taken out
   * @param documents learned
   * @param whole whether these are all documents of the set
   * @param points one for each seed
   */
  record Row(
      String set,
      Arrival mode,
      Ablation ablation,
      int documents,
      boolean whole,
      List<ExtractionBenchmark.Point> points) {
    Row {
      points = List.copyOf(points);
    }

    private Spread of(ToDoubleFunction<ExtractionBenchmark.Point> number) {
      return Spread.of(points.stream().map(number::applyAsDouble).toList());
    }

    private String text() {
      Spread f1 = of(ExtractionBenchmark.Point::f1);
      return "%-12s %-6s %-16s %5d documents  F1 %.4f ± %.4f  calibration error %.3f  foreign %.4f  %.1f s  %.0f words/s"
          .formatted(
              set,
              mode.label(),
              ablation.label(),
              documents,
              f1.mean(),
              f1.deviation(),
              of(ExtractionBenchmark.Point::calibrationError).mean(),
              of(ExtractionBenchmark.Point::foreignShare).mean(),
              of(ExtractionBenchmark.Point::seconds).mean(),
              of(ExtractionBenchmark.Point::wordsPerSecond).mean());
    }
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, ExtractionReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("seeds", report.seeds);
    out.writeArrayFieldStart("rows");
    for (Row row : report.rows) {
      Spread f1 = row.of(ExtractionBenchmark.Point::f1);
      out.writeStartObject();
      out.writeStringField("set", row.set);
      out.writeStringField("mode", row.mode.label());
      out.writeStringField("ablation", row.ablation.label());
      out.writeNumberField("documents", row.documents);
      Json.rounded(out, "f1", Optional.of(f1.mean()), DECIMALS);
      Json.rounded(out, "f1Sd", Optional.of(f1.deviation()), DECIMALS);
      mean(out, row, "expectedCalibrationError", ExtractionBenchmark.Point::calibrationError, 4);
      mean(out, row, "foreignValues", ExtractionBenchmark.Point::foreignShare, 4);
      mean(out, row, "updates", ExtractionBenchmark.Point::updates, 0);
      mean(out, row, "trainSeconds", ExtractionBenchmark.Point::seconds, 2);
      mean(out, row, "wordsPerSecond", ExtractionBenchmark.Point::wordsPerSecond, 0);
      mean(out, row, "parameters", ExtractionBenchmark.Point::parameters, 0);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void mean(
      JsonGenerator out,
      Row row,
      String name,
      ToDoubleFunction<ExtractionBenchmark.Point> number,
      int decimals)
      throws IOException {
    Json.rounded(out, name, Optional.of(row.of(number).mean()), decimals);
  }

  /** The same for people: a line for each row, then the mean over sets of each way. */
  String text() {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> text.append(row.text()).append(System.lineSeparator()));
    List<String> ways = new ArrayList<>();
    for (Row row : rows) {
      String way = way(row);
      if (!ways.contains(way)) {
        ways.add(way);
        List<Double> means =
            rows.stream()
                .filter(other -> way(other).equals(way))
                .map(other -> other.of(ExtractionBenchmark.Point::f1).mean())
                .toList();
        text.append(
            "mean of %d sets, %s: F1 %.4f%n".formatted(means.size(), way, Spread.of(means).mean()));
      }
    }
    return text.toString();
  }

  private static String way(Row row) {
    return "%s, %s, %s documents"
        .formatted(
            row.mode.label(),
            row.ablation.label(),
            row.whole ? "all" : Integer.toString(row.documents));
  }
}
