package dev.holdfast.learner;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.control.ControlJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.learner.JournalRecord.Published;
import dev.holdfast.learner.JournalRecord.Relearned;
import dev.holdfast.learner.JournalRecord.Taken;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.VerdictJson;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

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
          published(in),
          VerdictJson.read(in),
          notLearned(in),
          order(in),
          forgotten(in));
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
    throw in.bad(Reason.BAD_VALUE, "learn, rehearse, publish, obey, quarantine or forget", text);
  }

  private static Optional<DocumentId> forgotten(JsonInput in) throws BadInput {
    JsonInput forgotten = in.optional("forgotten").orElse(null);
    return forgotten == null
        ? Optional.empty()
        : Optional.of(new DocumentId(forgotten.text(1, MAX_TEXT)));
  }

  private static NotLearned notLearned(JsonInput in) throws BadInput {
    return new NotLearned(
        Set.copyOf(ManifestJson.readDocuments(in, "heldBack")), VerdictJson.readPutAside(in));
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

  private static Optional<Order> order(JsonInput in) throws BadInput {
    JsonInput order = in.optional("order").orElse(null);
    if (order == null) {
      return Optional.empty();
    }
    JsonInput control = order.optional("control").orElse(null);
    JsonInput refused = order.optional("refused").orElse(null);
    JsonInput backTo = order.optional("backTo").orElse(null);
    return Optional.of(
        new Order(
            order.required("offset").longInteger(),
            control == null ? Optional.empty() : Optional.of(ControlJson.read(control)),
            refused == null ? Optional.empty() : Optional.of(refused.text(1, MAX_TEXT)),
            backTo == null ? 0 : backTo.longInteger(),
            relearned(order),
            taken(order)));
  }

  private static Optional<Relearned> relearned(JsonInput in) throws BadInput {
    JsonInput relearned = in.optional("relearned").orElse(null);
    return relearned == null
        ? Optional.empty()
        : Optional.of(
            new Relearned(
                relearned.required("rounds").integer(0, Integer.MAX_VALUE),
                relearned.required("millis").longInteger()));
  }

  private static Optional<Taken> taken(JsonInput in) throws BadInput {
    JsonInput taken = in.optional("taken").orElse(null);
    return taken == null
        ? Optional.empty()
        : Optional.of(
            new Taken(
                taken.required("partition").integer(0, Integer.MAX_VALUE),
                taken.required("round").longInteger()));
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
    VerdictJson.write(out, record.verdict());
    ManifestJson.writeDocuments(out, "heldBack", record.notLearned().heldBackInOrder());
    VerdictJson.writePutAside(out, record.notLearned().putAside());
    if (record.order().isPresent()) {
      out.writeFieldName("order");
      write(out, record.order().get());
    }
    if (record.forgotten().isPresent()) {
      out.writeStringField("forgotten", record.forgotten().get().value());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Order order) throws IOException {
    out.writeStartObject();
    out.writeNumberField("offset", order.offset());
    if (order.control().isPresent()) {
      out.writeFieldName("control");
      ControlJson.write(out, order.control().get());
    }
    if (order.refused().isPresent()) {
      out.writeStringField("refused", order.refused().get());
    }
    if (order.backTo() > 0) {
      out.writeNumberField("backTo", order.backTo());
    }
    if (order.relearned().isPresent()) {
      out.writeObjectFieldStart("relearned");
      out.writeNumberField("rounds", order.relearned().get().rounds());
      out.writeNumberField("millis", order.relearned().get().millis());
      out.writeEndObject();
    }
    if (order.taken().isPresent()) {
      out.writeObjectFieldStart("taken");
      out.writeNumberField("partition", order.taken().get().partition());
      out.writeNumberField("round", order.taken().get().round());
      out.writeEndObject();
    }
    out.writeEndObject();
  }
}
