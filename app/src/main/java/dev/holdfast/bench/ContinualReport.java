package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How well each method learned a stream, over several orders and seeds.
 *
 * @param documents learned in one run
 * @param orders of the segments; the first is the one that was asked for
 * @param seeds of each order
 * @param runs of each method, all seeds of the first order first; at least one each
 */
record ContinualReport(int documents, int orders, int seeds, Map<Method, List<StreamRun>> runs) {
  private static final int DECIMALS = 4;

  /** Writes it as one object. */
  static void write(JsonGenerator out, ContinualReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", report.documents);
    out.writeNumberField("orders", report.orders);
    out.writeNumberField("seeds", report.seeds);
    out.writeObjectFieldStart("methods");
    for (Map.Entry<Method, List<StreamRun>> method : report.runs.entrySet()) {
      out.writeFieldName(method.getKey().label());
      report.write(out, method.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void write(JsonGenerator out, List<StreamRun> of) throws IOException {
    out.writeStartObject();
    for (Measure measure : Measure.values()) {
      Optional<Spread> spread = spread(of, measure);
      Json.rounded(out, measure.key(), spread.map(Spread::mean), DECIMALS);
      Json.rounded(out, measure.key() + "Sd", spread.map(Spread::deviation), DECIMALS);
    }
    Map<String, Spread> last = byType(of, StreamRun::last);
    Json.rounded(out, "final", each(last, Spread::mean), DECIMALS);
    Json.rounded(out, "finalSd", each(last, Spread::deviation), DECIMALS);
    Map<String, Spread> joint = byType(of, StreamRun::joint);
    Json.rounded(out, "joint", each(joint, Spread::mean), DECIMALS);
    Json.rounded(out, "jointSd", each(joint, Spread::deviation), DECIMALS);
    out.writeArrayFieldStart("matrix");
    for (Row row : matrix(of)) {
      out.writeStartObject();
      out.writeStringField("after", row.after());
      Json.rounded(out, "f1", row.f1(), DECIMALS);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("versions");
    for (StreamRun.Version version : of.get(0).versions()) {
      out.writeStartObject();
      out.writeNumberField("documents", version.documents());
      Json.rounded(out, "f1", version.f1(), DECIMALS);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** The measure over all runs; empty where it has no value. */
  static Optional<Spread> spread(List<StreamRun> of, Measure measure) {
    List<Double> values =
        of.stream().map(measure::of).flatMapToDouble(OptionalDouble::stream).boxed().toList();
    return values.isEmpty() ? Optional.empty() : Optional.of(Spread.of(values));
  }

  /**
   * A row of the matrix.
   *
   * @param after the type that was taught last
   * @param f1 of each type, mean over the seeds
   */
  record Row(String after, Map<String, Double> f1) {}

  /** The matrix in the order that was asked for; empty for what was not learned as a stream. */
  List<Row> matrix(List<StreamRun> of) {
    List<StreamRun> asked = of.subList(0, Math.min(seeds, of.size()));
    List<String> taught = asked.get(0).taught();
    return IntStream.range(0, taught.size())
        .mapToObj(
            i ->
                new Row(
                    taught.get(i), each(byType(asked, run -> run.matrix().get(i)), Spread::mean)))
        .toList();
  }

  private static Map<String, Spread> byType(
      List<StreamRun> runs, Function<StreamRun, Map<String, Double>> of) {
    Map<String, Spread> all = new LinkedHashMap<>();
    of.apply(runs.get(0))
        .keySet()
        .forEach(
            type ->
                all.put(type, Spread.of(runs.stream().map(r -> of.apply(r).get(type)).toList())));
    return all;
  }

  private static Map<String, Double> each(
      Map<String, Spread> spreads, Function<Spread, Double> number) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    spreads.forEach((type, spread) -> numbers.put(type, number.apply(spread)));
    return numbers;
  }

  /** The same for people: a table of the measures, and one of the quality at the end. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("%-20s".formatted(""));
    runs.keySet().forEach(method -> text.append("%18s".formatted(method.label())));
    text.append('\n');
    for (Measure measure : Measure.values()) {
      text.append("%-20s".formatted(measure.key()));
      runs.values()
          .forEach(
              of ->
                  text.append(
                      "%18s"
                          .formatted(spread(of, measure).map(ContinualReport::text).orElse("-"))));
      text.append('\n');
    }
    for (String type : runs.values().iterator().next().get(0).last().keySet()) {
      text.append("%-20s".formatted("  " + type));
      runs.values()
          .forEach(
              of -> text.append("%18s".formatted(text(byType(of, StreamRun::last).get(type)))));
      text.append('\n');
    }
    return text.toString();
  }

  private static String text(Spread spread) {
    String mean = Math.abs(spread.mean()) < 10 ? "%.3f" : "%.1f";
    return (mean + " ±" + mean).formatted(spread.mean(), spread.deviation());
  }
}
