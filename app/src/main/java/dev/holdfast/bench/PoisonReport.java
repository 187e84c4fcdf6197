package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What came of streams with a burst of wrong labels.
 *
 * @param documents of a stream
 * @param burst where the wrong labels lie
 * @param seeds how many runs of each
 * @param runs by name
 */
record PoisonReport(
    int documents, PoisonRun.Burst burst, int seeds, Map<String, List<PoisonRun>> runs) {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("before", PoisonRun::before),
          new Column("lowest", PoisonRun::lowest),
          new Column("after", PoisonRun::after),
          new Column("end", PoisonRun::end),
          new Column("refused", run -> run.refusals().size()),
          new Column("wrongPutAside", run -> run.putAside(true)),
          new Column("rightPutAside", run -> run.putAside(false)));

  private record Column(String name, ToDoubleFunction<PoisonRun> value) {
    Spread of(List<PoisonRun> runs) {
      return Spread.of(runs.stream().map(value::applyAsDouble).toList());
    }
  }

  String text() {
    List<String> lines = new ArrayList<>();
    runs.forEach(
        (name, all) -> {
          StringBuilder line = new StringBuilder("%-8s".formatted(name));
          for (Column column : COLUMNS) {
            Spread spread = column.of(all);
            line.append(
                " %s %.3f ± %.3f".formatted(column.name(), spread.mean(), spread.deviation()));
          }
          lines.add(line.toString());
        });
    return String.join("\n", lines);
  }

  static void write(JsonGenerator out, PoisonReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", report.documents);
    out.writeNumberField("burstFrom", report.burst.from());
    out.writeNumberField("burstTo", report.burst.to());
    out.writeNumberField("seeds", report.seeds);
    out.writeObjectFieldStart("runs");
    for (Map.Entry<String, List<PoisonRun>> entry : report.runs.entrySet()) {
      out.writeObjectFieldStart(entry.getKey());
      for (Column column : COLUMNS) {
        Spread spread = column.of(entry.getValue());
        Json.rounded(out, column.name(), Optional.of(spread.mean()), 4);
        Json.rounded(out, column.name() + "Sd", Optional.of(spread.deviation()), 4);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }
}
