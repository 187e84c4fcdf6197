package dev.holdfast.document;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one reader and writer of an annotation message, {@code docs/schema/annotation.json}. */
public final class AnnotationJson {
  /** Characters of the name of an annotator, at most. */
  public static final int MAX_ANNOTATOR_LENGTH = 200;

  private AnnotationJson() {}

  /**
   * What holds for an annotation that does not say.
   *
   * @param source of an annotation without one
   * @param at of an annotation without a time: usually when it arrived
   */
  public record Defaults(Source source, Instant at) {}

  /**
   * Reads an annotation of the size the limits allow. Spans are checked against a document only
   * when it is known.
   */
  public static Annotation read(JsonInput in, Limits limits, Defaults defaults) throws BadInput {
    DocumentId id =
        new DocumentId(DocumentJson.name(in.required("documentId"), DocumentId.MAX_LENGTH));
    CollectionName collection = DocumentJson.collection(in);
    String source = in.text("source", defaults.source().name(), Source.MAX_LENGTH);
    JsonInput at = in.optional("at").orElse(null);
    Map<FieldName, Mark> marks = new LinkedHashMap<>();
    for (Map.Entry<String, JsonInput> member :
        in.required("fields").members(limits.fields()).entrySet()) {
      marks.put(field(member), Mark.of(values(member.getValue(), limits)));
    }
    return new Annotation(
        new DocumentKey(collection, id),
        in.text("annotator", "", MAX_ANNOTATOR_LENGTH),
        new Source(source),
        at == null ? defaults.at() : at.instant(),
        marks);
  }

  static FieldName field(Map.Entry<String, JsonInput> member) throws BadInput {
    if (!Names.valid(member.getKey(), FieldName.MAX_LENGTH)) {
      throw member
          .getValue()
          .bad(
              Reason.BAD_VALUE,
              "a field name of 1 to %d characters without '/'".formatted(FieldName.MAX_LENGTH),
              member.getKey().length() + " characters");
    }
    return new FieldName(member.getKey());
  }

  static List<FieldValue> values(JsonInput in, Limits limits) throws BadInput {
    List<FieldValue> values = new ArrayList<>();
    for (JsonInput value : in.array(limits.valuesPerField())) {
      String text = value.required("text").text(1, limits.textLength());
      values.add(new FieldValue(text, spans(value, "spans", limits), List.of()));
    }
    return values;
  }

  static List<TokenSpan> spans(JsonInput in, String key, Limits limits) throws BadInput {
    JsonInput array = in.optional(key).orElse(null);
    if (array == null) {
      return List.of();
    }
    List<TokenSpan> spans = new ArrayList<>();
    for (JsonInput pair : array.array(limits.valuesPerField())) {
      List<JsonInput> ends = pair.array(2);
      if (ends.size() != 2) {
        throw pair.bad(Reason.BAD_SPAN, "two numbers [start,end]", ends.size() + " numbers");
      }
      int start = ends.get(0).integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      int end = ends.get(1).integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
      if (start < 0 || end <= start) {
        throw pair.bad(Reason.BAD_SPAN, "0 <= start < end", "[%d,%d]".formatted(start, end));
      }
      spans.add(new TokenSpan(start, end));
    }
    return spans;
  }

  /**
   * Checks what needs the document: that every span lies within its tokens.
   *
   * @throws BadInput with {@link Reason#BAD_SPAN}
   */
  public static void checkAgainst(Document document, Annotation annotation) throws BadInput {
    int tokens = document.tokens().size();
    for (Map.Entry<FieldName, Mark> mark : annotation.marks().entrySet()) {
      for (FieldValue value : mark.getValue().values()) {
        for (TokenSpan span : value.spans()) {
          if (span.end() > tokens) {
            throw new BadInput(
                Reason.BAD_SPAN,
                "$.fields." + mark.getKey(),
                "spans within the document's " + tokens + " tokens",
                "[%d,%d]".formatted(span.start(), span.end()));
          }
        }
      }
    }
  }

  /** Writes the annotation as one object. */
  public static void write(JsonGenerator out, Annotation annotation) throws IOException {
    out.writeStartObject();
    out.writeStringField("documentId", annotation.document().id().value());
    out.writeStringField("collection", annotation.document().collection().value());
    if (!annotation.annotator().isEmpty()) {
      out.writeStringField("annotator", annotation.annotator());
    }
    if (!annotation.source().name().isEmpty()) {
      out.writeStringField("source", annotation.source().name());
    }
    out.writeStringField("at", annotation.at().toString());
    out.writeObjectFieldStart("fields");
    for (Map.Entry<FieldName, Mark> mark : annotation.marks().entrySet()) {
      out.writeFieldName(mark.getKey().value());
      writeValues(out, mark.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  static void writeValues(JsonGenerator out, Mark mark) throws IOException {
    out.writeStartArray();
    for (FieldValue value : mark.values()) {
      out.writeStartObject();
      out.writeStringField("text", value.text());
      writeSpans(out, "spans", value.spans());
      writeSpans(out, "candidates", value.candidates());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void writeSpans(JsonGenerator out, String key, List<TokenSpan> spans)
      throws IOException {
    if (spans.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart(key);
    for (TokenSpan span : spans) {
      out.writeArray(new int[] {span.start(), span.end()}, 0, 2);
    }
    out.writeEndArray();
  }
}
