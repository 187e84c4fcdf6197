package dev.holdfast.version;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.Compared;
import dev.holdfast.continual.Verdict.Fall;
import dev.holdfast.continual.Verdict.Outcome;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.FieldName;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one reader and writer of what the gate says of a version: in manifests, refusals and the
 * journal.
 */
public final class VerdictJson {
  private static final int MAX_TEXT = 10_000;

  private VerdictJson() {}

  /** Reads the member {@code verdict}, if it is there. */
  public static Optional<Verdict> read(JsonInput in) throws BadInput {
    JsonInput verdict = in.optional("verdict").orElse(null);
    return verdict == null ? Optional.empty() : Optional.of(verdict(verdict));
  }

  private static Verdict verdict(JsonInput in) throws BadInput {
    List<Fall> fell = new ArrayList<>();
    JsonInput falls = in.optional("fell").orElse(null);
    if (falls != null) {
      for (JsonInput fall : falls.array(Integer.MAX_VALUE)) {
        fell.add(fall(fall));
      }
    }
    return new Verdict(
        outcome(in.required("outcome")),
        in.required("good").longInteger(),
        compared(in),
        fell,
        readPutAside(in),
        in.required("updates").longInteger());
  }

  private static Outcome outcome(JsonInput in) throws BadInput {
    String text = in.text(1, MAX_TEXT);
    for (Outcome outcome : Outcome.values()) {
      if (outcome.text().equals(text)) {
        return outcome;
      }
    }
    throw in.bad(Reason.BAD_VALUE, "untested, passed, good or refused", text);
  }

  /** Earlier journals do not say it. */
  private static Optional<Compared> compared(JsonInput verdict) throws BadInput {
    JsonInput in = verdict.optional("compared").orElse(null);
    return in == null
        ? Optional.empty()
        : Optional.of(
            new Compared(
                in.required("documents").integer(1, Integer.MAX_VALUE),
                in.required("values").integer(1, Integer.MAX_VALUE),
                in.required("before").number(),
                in.required("after").number(),
                in.required("budget").number()));
  }

  private static Fall fall(JsonInput in) throws BadInput {
    JsonInput field = in.optional("field").orElse(null);
    return new Fall(
        in.required("type").text(0, MAX_TEXT),
        field == null ? Optional.empty() : Optional.of(new FieldName(field.text(1, MAX_TEXT))),
        in.required("before").number(),
        in.required("after").number(),
        in.required("worse").integer(0, Integer.MAX_VALUE),
        in.required("better").integer(0, Integer.MAX_VALUE));
  }

  /** Reads the member {@code putAside}, empty when it is not there. */
  public static List<PutAside> readPutAside(JsonInput in) throws BadInput {
    List<PutAside> putAside = new ArrayList<>();
    JsonInput examples = in.optional("putAside").orElse(null);
    if (examples != null) {
      for (JsonInput example : examples.array(Integer.MAX_VALUE)) {
        putAside.add(
            new PutAside(
                new DocumentId(example.required("document").text(1, MAX_TEXT)),
                example.required("annotator").text(0, MAX_TEXT)));
      }
    }
    return putAside;
  }

  /** Writes the member {@code verdict} of an open object, if there is one. */
  public static void write(JsonGenerator out, Optional<Verdict> said) throws IOException {
    if (said.isEmpty()) {
      return;
    }
    Verdict verdict = said.get();
    out.writeObjectFieldStart("verdict");
    out.writeStringField("outcome", verdict.outcome().text());
    out.writeNumberField("good", verdict.good());
    out.writeNumberField("updates", verdict.updates());
    if (verdict.compared().isPresent()) {
      write(out, verdict.compared().get());
    }
    if (!verdict.fell().isEmpty()) {
      out.writeArrayFieldStart("fell");
      for (Fall fall : verdict.fell()) {
        write(out, fall);
      }
      out.writeEndArray();
    }
    writePutAside(out, verdict.putAside());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Compared compared) throws IOException {
    out.writeObjectFieldStart("compared");
    out.writeNumberField("documents", compared.documents());
    out.writeNumberField("values", compared.values());
    out.writeNumberField("before", compared.before());
    out.writeNumberField("after", compared.after());
    out.writeNumberField("budget", compared.budget());
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Fall fall) throws IOException {
    out.writeStartObject();
    out.writeStringField("type", fall.type());
    if (fall.field().isPresent()) {
      out.writeStringField("field", fall.field().get().value());
    }
    out.writeNumberField("before", fall.before());
    out.writeNumberField("after", fall.after());
    out.writeNumberField("worse", fall.worse());
    out.writeNumberField("better", fall.better());
    out.writeEndObject();
  }

  /** Writes the member {@code putAside} of an open object, unless it is empty. */
  public static void writePutAside(JsonGenerator out, List<PutAside> putAside) throws IOException {
    if (putAside.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("putAside");
    for (PutAside example : putAside) {
      out.writeStartObject();
      out.writeStringField("document", example.document().value());
      out.writeStringField("annotator", example.annotator());
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
