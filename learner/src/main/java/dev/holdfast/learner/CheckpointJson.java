package dev.holdfast.learner;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.learner.Lineage.Kept;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The one reader and writer of a checkpoint's head. */
final class CheckpointJson {
  private static final int MAX_TEXT = 1_000;

  private CheckpointJson() {}

  static byte[] bytes(Checkpoint checkpoint) {
    return JsonOutput.bytes(CheckpointJson::write, checkpoint);
  }

  /** Reads what {@link #bytes} wrote, also when later writers have added keys. */
  static Checkpoint read(byte[] bytes) throws BadInput {
    JsonInput in = JsonInput.read(bytes, Integer.MAX_VALUE);
    try {
      return new Checkpoint(
          lineage(in),
          in.required("journalFrom").longInteger(),
          new Digest(in.required("digest").text(1, MAX_TEXT)),
          in.required("parts").integer(0, Integer.MAX_VALUE),
          in.required("bytes").longInteger());
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "the head of a checkpoint", e.getMessage());
    }
  }

  private static Lineage lineage(JsonInput in) throws BadInput {
    List<Kept> kept = new ArrayList<>();
    for (JsonInput version : in.required("kept").array(Integer.MAX_VALUE)) {
      kept.add(
          new Kept(
              version.required("version").longInteger(),
              version.required("parts").integer(0, Integer.MAX_VALUE),
              longInteger(version, "round", 0)));
    }
    long version = in.required("version").longInteger();
    return new Lineage(
        new CollectionName(in.required("collection").text(1, MAX_TEXT)),
        in.required("nextOffset").longInteger(),
        ManifestJson.readCounters(in.required("counters")),
        version,
        longInteger(in, "parent", version),
        kept,
        ManifestJson.readLearned(in.required("unpublished")),
        ManifestJson.readDocuments(in, "leftOut"),
        in.required("publishedUpdates").longInteger(),
        orders(in));
  }

  private static Orders orders(JsonInput in) throws BadInput {
    JsonInput orders = in.optional("orders").orElse(null);
    return orders == null
        ? Orders.NONE
        : new Orders(
            orders.required("next").longInteger(),
            longInteger(orders, "pinned", 0),
            longInteger(orders, "stained", 0) == 1,
            longInteger(orders, "paused", 0) == 1);
  }

  /** A number that earlier releases did not write. */
  private static long longInteger(JsonInput in, String key, long otherwise) throws BadInput {
    JsonInput number = in.optional(key).orElse(null);
    return number == null ? otherwise : number.longInteger();
  }

  private static void write(JsonGenerator out, Checkpoint checkpoint) throws IOException {
    Lineage lineage = checkpoint.lineage();
    out.writeStartObject();
    out.writeStringField("collection", lineage.collection().value());
    out.writeNumberField("nextOffset", lineage.nextOffset());
    out.writeFieldName("counters");
    ManifestJson.writeCounters(out, lineage.counters());
    out.writeNumberField("version", lineage.version());
    out.writeNumberField("parent", lineage.parent());
    out.writeArrayFieldStart("kept");
    for (Kept kept : lineage.kept()) {
      out.writeStartObject();
      out.writeNumberField("version", kept.version());
      out.writeNumberField("parts", kept.parts());
      out.writeNumberField("round", kept.round());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeFieldName("unpublished");
    ManifestJson.writeLearned(out, lineage.unpublished());
    ManifestJson.writeDocuments(out, "leftOut", lineage.leftOut());
    out.writeNumberField("publishedUpdates", lineage.publishedUpdates());
    out.writeObjectFieldStart("orders");
    out.writeNumberField("next", lineage.orders().next());
    out.writeNumberField("pinned", lineage.orders().pinned());
    out.writeNumberField("stained", lineage.orders().stained() ? 1 : 0);
    out.writeNumberField("paused", lineage.orders().paused() ? 1 : 0);
    out.writeEndObject();
    out.writeNumberField("journalFrom", checkpoint.journalFrom());
    out.writeStringField("digest", checkpoint.digest().text());
    out.writeNumberField("parts", checkpoint.parts());
    out.writeNumberField("bytes", checkpoint.bytes());
    out.writeEndObject();
  }
}
