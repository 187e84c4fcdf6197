package dev.holdfast.learner;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.continual.Verdict;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a journal record says of the gate: its verdict, and what was not learned. */
final class VerdictJson {
  private static final int MAX_TEXT = 10_000;

  private VerdictJson() {}

  static Optional<Verdict> read(JsonInput record) throws BadInput {
    JsonInput in = record.optional("verdict").orElse(null);
    if (in == null) {
      return Optional.empty();
    }
    List<Fall> fell = new ArrayList<>();
    JsonInput falls = in.optional("fell").orElse(null);
    if (falls != null) {
      for (JsonInput fall : falls.array(Integer.MAX_VALUE)) {
        fell.add(fall(fall));
      }
    }
    return Optional.of(
        new Verdict(
            outcome(in.required("outcome")),
            in.required("good").longInteger(),
            fell,
            putAside(in),
            in.required("updates").longInteger()));
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

  static NotLearned notLearned(JsonInput record) throws BadInput {
    Set<DocumentId> heldBack = new HashSet<>();
    JsonInput held = record.optional("heldBack").orElse(null);
    if (held != null) {
      for (JsonInput document : held.array(Integer.MAX_VALUE)) {
        heldBack.add(new DocumentId(document.text(1, MAX_TEXT)));
      }
    }
    return new NotLearned(heldBack, putAside(record));
  }

  private static List<PutAside> putAside(JsonInput in) throws BadInput {
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

  /** Writes the members of an open object that {@link #read} and {@link #notLearned} read. */
  static void write(JsonGenerator out, JournalRecord record) throws IOException {
    if (record.verdict().isPresent()) {
      Verdict verdict = record.verdict().get();
      out.writeObjectFieldStart("verdict");
      out.writeStringField("outcome", verdict.outcome().text());
      out.writeNumberField("good", verdict.good());
      out.writeNumberField("updates", verdict.updates());
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
    if (!record.notLearned().heldBack().isEmpty()) {
      out.writeArrayFieldStart("heldBack");
      for (DocumentId document :
          record.notLearned().heldBack().stream()
              .sorted(Comparator.comparing(DocumentId::value))
              .toList()) {
        out.writeString(document.value());
      }
      out.writeEndArray();
    }
    writePutAside(out, record.notLearned().putAside());
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

  private static void writePutAside(JsonGenerator out, List<PutAside> putAside) throws IOException {
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
