package dev.holdfast.learner;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.version.Digest;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.Optional;

/** The one reader and writer of a journal record. */
final class JournalJson {
  private static final int MAX_TEXT = 1_000;

  private JournalJson() {}

  /** Reads what {@link #write} wrote, also when later writers have added keys. */
  static JournalRecord read(JsonInput in) throws BadInput {
    try {
      return new JournalRecord(
          new RoundKey(
              new CollectionName(in.required("collection").text(1, MAX_TEXT)),
              in.required("round").longInteger()),
          kind(in.required("kind")),
          in.required("partition").integer(0, Integer.MAX_VALUE),
          in.required("from").longInteger(),
          in.required("to").longInteger(),
          in.required("examples").integer(0, Integer.MAX_VALUE),
          in.required("seed").longInteger(),
          in.required("updates").longInteger(),
          published(in));
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "a journal record", e.getMessage());
    }
  }

  private static Kind kind(JsonInput in) throws BadInput {
    String text = in.text(1, MAX_TEXT);
    for (Kind kind : Kind.values()) {
      if (kind.text().equals(text)) {
        return kind;
      }
    }
    throw in.bad(Reason.BAD_VALUE, "learn, rehearse or publish", text);
  }

  private static Optional<Published> published(JsonInput in) throws BadInput {
    JsonInput published = in.optional("published").orElse(null);
    if (published == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Published(
            published.required("version").longInteger(),
            new Digest(published.required("digest").text(1, MAX_TEXT)),
            published.required("parts").integer(0, Integer.MAX_VALUE),
            published.required("oldestKept").longInteger()));
  }

  /** Writes the record as one object. */
  static void write(JsonGenerator out, JournalRecord record) throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", record.key().collection().value());
    out.writeNumberField("round", record.key().round());
    out.writeStringField("kind", record.kind().text());
    out.writeNumberField("partition", record.partition());
    out.writeNumberField("from", record.from());
    out.writeNumberField("to", record.to());
    out.writeNumberField("examples", record.examples());
    out.writeNumberField("seed", record.seed());
    out.writeNumberField("updates", record.updates());
    if (record.published().isPresent()) {
      Published published = record.published().get();
      out.writeObjectFieldStart("published");
      out.writeNumberField("version", published.version());
      out.writeStringField("digest", published.digest().text());
      out.writeNumberField("parts", published.parts());
      out.writeNumberField("oldestKept", published.oldestKept());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
