package dev.holdfast.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The reader and writer of an example: {@code {"document": …, "statements": {field: {values,
 * source, at, …}}}}.
 */
public final class ExampleJson {

  private ExampleJson() {}

  /** Reads an example that {@link #write} wrote. */
  public static Example read(JsonInput in) throws BadInput {
    Document document = DocumentJson.read(in.required("document"), Limits.NONE);
    SortedMap<FieldName, Statement> statements = readStatements(in.required("statements"));
    try {
      return new Example(document, statements);
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "an example", e.getMessage());
    }
  }

  /** Reads the statements alone, as {@link #writeStatements} wrote them. */
  public static SortedMap<FieldName, Statement> readStatements(JsonInput in) throws BadInput {
    SortedMap<FieldName, Statement> statements = new TreeMap<>();
    for (Map.Entry<String, JsonInput> member : in.members(Integer.MAX_VALUE).entrySet()) {
      JsonInput statement = member.getValue();
      statements.put(
          AnnotationJson.field(member),
          new Statement(
              Mark.of(values(statement.required("values"))),
              statement.text("annotator", "", Integer.MAX_VALUE),
              new Source(statement.text("source", "", Integer.MAX_VALUE)),
              statement.required("at").instant()));
    }
    return statements;
  }

  private static List<FieldValue> values(JsonInput in) throws BadInput {
    List<FieldValue> values = new ArrayList<>();
    for (JsonInput value : in.array(Integer.MAX_VALUE)) {
      values.add(
          new FieldValue(
              value.required("text").text(1, Integer.MAX_VALUE),
              AnnotationJson.spans(value, "spans", Limits.NONE),
              AnnotationJson.spans(value, "candidates", Limits.NONE)));
    }
    return values;
  }

  /** Writes the example as one object. */
  public static void write(JsonGenerator out, Example example) throws IOException {
    out.writeStartObject();
    out.writeFieldName("document");
    DocumentJson.write(out, example.document());
    out.writeFieldName("statements");
    writeStatements(out, example.statements());
    out.writeEndObject();
  }

  /** Writes the statements of an example as one object, by field. */
  public static void writeStatements(JsonGenerator out, SortedMap<FieldName, Statement> statements)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<FieldName, Statement> entry : statements.entrySet()) {
      Statement statement = entry.getValue();
      out.writeObjectFieldStart(entry.getKey().value());
      out.writeFieldName("values");
      AnnotationJson.writeValues(out, statement.mark());
      if (!statement.annotator().isEmpty()) {
        out.writeStringField("annotator", statement.annotator());
      }
      if (!statement.source().name().isEmpty()) {
        out.writeStringField("source", statement.source().name());
      }
      out.writeStringField("at", statement.at().toString());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
