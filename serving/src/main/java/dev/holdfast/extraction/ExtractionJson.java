package dev.holdfast.extraction;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one reader and writer of an extraction message, {@code docs/schema/extraction.json}. */
public final class ExtractionJson {
  private static final int UNLIMITED = Integer.MAX_VALUE;

  private ExtractionJson() {}

  /** Writes the extraction as one object; an empty type is left out. */
  public static void write(JsonGenerator out, Extraction extraction) throws IOException {
    out.writeStartObject();
    out.writeStringField("documentId", extraction.document().id().value());
    out.writeStringField("collection", extraction.document().collection().value());
    if (!extraction.type().isEmpty()) {
      out.writeStringField("type", extraction.type());
    }
    out.writeObjectFieldStart("model");
    out.writeNumberField("version", extraction.version());
    out.writeStringField("digest", extraction.digest());
    out.writeEndObject();
    out.writeObjectFieldStart("fields");
    for (Map.Entry<FieldName, List<ExtractedValue>> field : extraction.fields().entrySet()) {
      out.writeArrayFieldStart(field.getKey().value());
      for (ExtractedValue value : field.getValue()) {
        writeValue(out, value);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
    out.writeStringField("at", extraction.at().toString());
    out.writeEndObject();
  }

  private static void writeValue(JsonGenerator out, ExtractedValue value) throws IOException {
    out.writeStartObject();
    out.writeStringField("text", value.text());
    ReadingJson.write(out, value.normalized());
    out.writeNumberField("confidence", value.confidence());
    out.writeArrayFieldStart("spans");
    for (TokenSpan span : value.spans()) {
      out.writeArray(new int[] {span.start(), span.end()}, 0, 2);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("boxes");
    for (PageBox piece : value.boxes()) {
      Box box = piece.box();
      out.writeArray(new int[] {piece.page(), box.x0(), box.y0(), box.x1(), box.y1()}, 0, 5);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /** Reads what {@link #write} wrote. */
  public static Extraction read(JsonInput in) throws BadInput {
    try {
      return extraction(in);
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "an extraction", e.getMessage());
    }
  }

  private static Extraction extraction(JsonInput in) throws BadInput {
    CollectionName collection = new CollectionName(in.required("collection").text(1, UNLIMITED));
    DocumentId id = new DocumentId(in.required("documentId").text(1, UNLIMITED));
    JsonInput model = in.required("model");
    SortedMap<FieldName, List<ExtractedValue>> fields = new TreeMap<>();
    for (Map.Entry<String, JsonInput> field : in.required("fields").members(UNLIMITED).entrySet()) {
      fields.put(new FieldName(field.getKey()), values(field.getValue()));
    }
    long version = model.required("version").longInteger();
    String digest = model.required("digest").text(0, UNLIMITED);
    Instant at = in.required("at").instant();
    return new Extraction(
        new DocumentKey(collection, id),
        in.text("type", "", UNLIMITED),
        version,
        digest,
        fields,
        at);
  }

  private static List<ExtractedValue> values(JsonInput in) throws BadInput {
    List<ExtractedValue> values = new ArrayList<>();
    for (JsonInput value : in.array(UNLIMITED)) {
      List<TokenSpan> spans = new ArrayList<>();
      for (JsonInput pair : value.required("spans").array(UNLIMITED)) {
        int[] ends = numbers(pair, 2);
        spans.add(new TokenSpan(ends[0], ends[1]));
      }
      List<PageBox> boxes = new ArrayList<>();
      for (JsonInput piece : value.required("boxes").array(UNLIMITED)) {
        int[] n = numbers(piece, 5);
        boxes.add(new PageBox(n[0], new Box(n[1], n[2], n[3], n[4])));
      }
      values.add(
          new ExtractedValue(
              value.required("text").text(1, UNLIMITED),
              ReadingJson.read(value),
              value.required("confidence").number(),
              spans,
              boxes));
    }
    return values;
  }

  private static int[] numbers(JsonInput in, int count) throws BadInput {
    List<JsonInput> elements = in.array(count);
    if (elements.size() != count) {
      throw in.bad(Reason.BAD_VALUE, count + " numbers", elements.size() + " numbers");
    }
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = elements.get(i).integer(0, Integer.MAX_VALUE);
    }
    return numbers;
  }
}
