package dev.holdfast.monitoring;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.monitoring.DriftEvent.BeforeAndNow;
import dev.holdfast.monitoring.DriftEvent.Changes;
import dev.holdfast.monitoring.DriftEvent.Kind;
import dev.holdfast.monitoring.DriftEvent.Subject;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The one reader and writer of an event of drift, {@code docs/schema/drift.json}. */
public final class DriftEventJson {
  private static final int UNLIMITED = Integer.MAX_VALUE;
  private static final int DECIMALS = 4;

  private DriftEventJson() {}

  /** Writes it as one object; numbers with four decimals. */
  public static void write(JsonGenerator out, DriftEvent event) throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", event.subject().collection().value());
    out.writeStringField("kind", event.subject().kind().text());
    if (!event.subject().type().isEmpty()) {
      out.writeStringField("type", event.subject().type());
    }
    out.writeStringField("at", event.at().toString());
    out.writeStringField("summary", event.summary());
    Changes changes = event.changes();
    write(out, "levels", changes.levels());
    out.writeObjectFieldStart("fields");
    for (Map.Entry<String, BeforeAndNow> field : changes.fields().entrySet()) {
      write(out, field.getKey(), field.getValue());
    }
    out.writeEndObject();
    write(out, "newTypes", changes.newTypes());
    number(out, "newWords", changes.newWords());
    write(out, "error", changes.error());
    out.writeObjectFieldStart("position");
    for (Map.Entry<String, List<Long>> topic : event.position().entrySet()) {
      long[] offsets = topic.getValue().stream().mapToLong(Long::longValue).toArray();
      out.writeFieldName(topic.getKey());
      out.writeArray(offsets, 0, offsets.length);
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Map<String, Double> numbers)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      number(out, number.getKey(), number.getValue());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, BeforeAndNow pair) throws IOException {
    out.writeObjectFieldStart(name);
    number(out, "before", pair.before());
    number(out, "now", pair.now());
    out.writeEndObject();
  }

  private static void number(JsonGenerator out, String name, double number) throws IOException {
    out.writeFieldName(name);
    out.writeNumber(BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN));
  }

  /** Reads what {@link #write} wrote. */
  public static DriftEvent read(JsonInput in) throws BadInput {
    Subject subject =
        new Subject(
            new CollectionName(in.required("collection").text(1, UNLIMITED)),
            kind(in.required("kind")),
            in.text("type", "", UNLIMITED));
    Map<String, BeforeAndNow> fields = new LinkedHashMap<>();
    for (var field : in.required("fields").members(UNLIMITED).entrySet()) {
      fields.put(field.getKey(), pair(field.getValue()));
    }
    Changes changes =
        new Changes(
            numbers(in.required("levels")),
            fields,
            numbers(in.required("newTypes")),
            in.required("newWords").number(),
            pair(in.required("error")));
    Instant at = in.required("at").instant();
    String summary = in.required("summary").text(0, UNLIMITED);
    return new DriftEvent(subject, at, summary, changes, position(in.required("position")));
  }

  private static Kind kind(JsonInput in) throws BadInput {
    String text = in.text(1, UNLIMITED);
    return Stream.of(Kind.values())
        .filter(kind -> kind.text().equals(text))
        .findFirst()
        .orElseThrow(() -> in.bad(Reason.BAD_VALUE, "a kind of drift", text));
  }

  private static Map<String, Double> numbers(JsonInput in) throws BadInput {
    Map<String, Double> numbers = new TreeMap<>();
    for (var number : in.members(UNLIMITED).entrySet()) {
      numbers.put(number.getKey(), number.getValue().number());
    }
    return numbers;
  }

  private static BeforeAndNow pair(JsonInput in) throws BadInput {
    return new BeforeAndNow(in.required("before").number(), in.required("now").number());
  }

  private static SortedMap<String, List<Long>> position(JsonInput in) throws BadInput {
    SortedMap<String, List<Long>> position = new TreeMap<>();
    for (var topic : in.members(UNLIMITED).entrySet()) {
      List<Long> offsets = new ArrayList<>();
      for (JsonInput offset : topic.getValue().array(UNLIMITED)) {
        offsets.add(offset.longInteger());
      }
      position.put(topic.getKey(), offsets);
    }
    return position;
  }
}
