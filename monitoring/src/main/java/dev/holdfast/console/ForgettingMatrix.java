package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.score.Tally;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F1 of each document type in each stretch of time: what is forgotten shows as a row that fades.
 *
 * <p>A stretch is a number of scored documents, not of seconds, so that a night without any takes
 * no room. When there are {@value #MAX_COLUMNS} stretches, each two become one, and stretches are
 * twice as long from then on.
 *
 * <p>Not thread-safe.
 */
final class ForgettingMatrix {
  static final int MAX_COLUMNS = 48;
  static final int MAX_TYPES = 40;
  private static final int FIRST_LENGTH = 5;

  private static final class Column {
    private final long fromMillis;
    private int documents;
    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    Column(long fromMillis) {
      this.fromMillis = fromMillis;
    }

    void add(Column later) {
      documents += later.documents;
      later.tallies.forEach((type, tally) -> tallies.merge(type, tally, Tally::plus));
    }
  }

  private record Row(double f1, double forgetting) {}

  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Row> types = new LinkedHashMap<>();
  private int length = FIRST_LENGTH;

  void scored(ScoredDocument document, long atMillis) {
    if (!types.containsKey(document.type()) && types.size() >= MAX_TYPES) {
      return;
    }
    types.put(document.type(), new Row(document.typeF1(), document.typeForgetting()));
    Column column = column(atMillis);
    column.documents++;
    Tally all = document.tallies().values().stream().reduce(Tally.NONE, Tally::plus);
    column.tallies.merge(document.type(), all, Tally::plus);
  }

  private Column column(long atMillis) {
    Column last = columns.isEmpty() ? null : columns.get(columns.size() - 1);
    if (last != null && last.documents < length) {
      return last;
    }
    if (columns.size() >= MAX_COLUMNS) {
      halve();
    }
    Column next = new Column(atMillis);
    columns.add(next);
    return next;
  }

  private void halve() {
    List<Column> halved = new ArrayList<>();
    for (int i = 0; i < columns.size(); i += 2) {
      Column column = columns.get(i);
      if (i + 1 < columns.size()) {
        column.add(columns.get(i + 1));
      }
      halved.add(column);
    }
    columns.clear();
    columns.addAll(halved);
    length *= 2;
  }

  /** As one object: the columns in order, and for each type a number or null in each of them. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeNumberField("length", length);
    out.writeArrayFieldStart("columns");
    for (Column column : columns) {
      out.writeNumber(column.fromMillis);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("types");
    for (Map.Entry<String, Row> type : types.entrySet()) {
      write(out, type.getKey(), type.getValue());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void write(JsonGenerator out, String type, Row row) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", type);
    Numbers.field(out, "f1", row.f1);
    Numbers.field(out, "forgetting", row.forgetting);
    out.writeArrayFieldStart("cells");
    for (Column column : columns) {
      Tally tally = column.tallies.get(type);
      if (tally == null) {
        out.writeNull();
      } else {
        Numbers.write(out, tally.f1());
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
