package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.FieldName;
import dev.holdfast.score.ConfidenceBins;
import dev.holdfast.score.JudgedValue;
import dev.holdfast.score.Tally;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well each field is found. What is older counts less: sums fade with every document in which
 * something was said about the field.
 *
 * <p>Not thread-safe.
 */
final class FieldTable {
  static final int MAX_FIELDS = 200;

  private final double fadingFactor;
  private final Map<FieldName, Row> rows = new TreeMap<>();

  private static final class Row {
    private double right;
    private double predicted;
    private double annotated;
    private long values;
    private final ConfidenceBins confidences = new ConfidenceBins();

    void fade(double factor) {
      right *= factor;
      predicted *= factor;
      annotated *= factor;
      confidences.fade(factor);
    }

    void add(Tally tally) {
      right += tally.right();
      predicted += tally.predicted();
      annotated += tally.annotated();
      values += tally.annotated();
    }
  }

  /**
   * @param fadingFactor weight of the past at each document, above 0, at most 1
   */
  FieldTable(double fadingFactor) {
    this.fadingFactor = fadingFactor;
  }

  void scored(ScoredDocument document) {
    document
        .tallies()
        .forEach(
            (field, tally) -> {
              if (rows.containsKey(field) || rows.size() < MAX_FIELDS) {
                Row row = rows.computeIfAbsent(field, name -> new Row());
                row.fade(fadingFactor);
                row.add(tally);
              }
            });
    for (JudgedValue value : document.values()) {
      Row row = rows.get(value.field());
      if (row != null) {
        row.confidences.add(value.confidence(), value.right());
      }
    }
  }

  /** As an array, by name. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Map.Entry<FieldName, Row> field : rows.entrySet()) {
      Row row = field.getValue();
      double both = row.predicted + row.annotated;
      out.writeStartObject();
      out.writeStringField("field", field.getKey().value());
      Numbers.field(out, "f1", both == 0 ? 1 : 2 * row.right / both);
      if (row.predicted > 0) {
        Numbers.field(out, "precision", row.right / row.predicted);
        Numbers.field(out, "calibrationError", row.confidences.calibrationError());
      }
      if (row.annotated > 0) {
        Numbers.field(out, "recall", row.right / row.annotated);
      }
      out.writeNumberField("values", row.values);
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
