package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.bench.LineageBenchmark.Run;
import dev.holdfast.bench.LineageBenchmark.Stage;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What became of two types in two lineages, over several runs.
 *
 * @param runs at least one
 */
record LineageReport(List<Run> runs) {
  private static final int DECIMALS = 4;

  LineageReport {
    runs = List.copyOf(runs);
  }

  private Map<String, Spread> f1(Stage stage) {
    Map<String, Spread> spreads = new LinkedHashMap<>();
    for (String type : runs.get(0).f1().get(stage).keySet()) {
      spreads.put(
          type, Spread.of(runs.stream().map(run -> run.f1().get(stage).get(type)).toList()));
    }
    return spreads;
  }

  private long refused(Stage stage) {
    return runs.stream().filter(run -> run.refused().contains(stage)).count();
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, LineageReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("seeds", report.runs.size());
    out.writeArrayFieldStart("stages");
    for (Stage stage : Stage.values()) {
      out.writeStartObject();
      out.writeStringField("stage", stage.label());
      Json.rounded(out, "f1", report.each(stage, Spread::mean), DECIMALS);
      Json.rounded(out, "f1Sd", report.each(stage, Spread::deviation), DECIMALS);
      out.writeNumberField("refused", report.refused(stage));
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private Map<String, Double> each(Stage stage, Function<Spread, Double> number) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    f1(stage).forEach((type, spread) -> numbers.put(type, number.apply(spread)));
    return numbers;
  }

  /** The same for people, a line for each stage. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Stage stage : Stage.values()) {
      text.append("%-14s".formatted(stage.label()));
      f1(stage)
          .forEach(
              (type, f1) ->
                  text.append("  %s %.4f ± %.4f".formatted(type, f1.mean(), f1.deviation())));
      text.append(refused(stage) == 0 ? "" : "  refused in %d runs".formatted(refused(stage)));
      text.append(System.lineSeparator());
    }
    return text.toString();
  }
}
