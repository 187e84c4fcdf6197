package dev.holdfast.version;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one reader and writer of a manifest, {@code docs/schema/manifest.json}. */
public final class ManifestJson {
  private static final int MAX_TEXT = 1_000;

  private ManifestJson() {}

  /** The manifest as a Kafka value. */
  public static byte[] bytes(Manifest manifest) {
    return JsonOutput.bytes(ManifestJson::write, manifest);
  }

  /** Reads what {@link #bytes} wrote, also when later writers have added keys. */
  public static Manifest read(byte[] bytes) throws BadInput {
    JsonInput in = JsonInput.read(bytes, Integer.MAX_VALUE);
    try {
      return manifest(in);
    } catch (IllegalArgumentException e) {
      throw in.bad(Reason.BAD_VALUE, "a manifest", e.getMessage());
    }
  }

  private static Manifest manifest(JsonInput in) throws BadInput {
    CollectionName collection = new CollectionName(in.required("collection").text(1, MAX_TEXT));
    return new Manifest(
        new ModelVersion(collection, in.required("version").longInteger()),
        in.required("parent").longInteger(),
        new Content(
            in.required("kind").text(1, MAX_TEXT),
            digest(in, "digest"),
            in.required("parts").integer(0, Integer.MAX_VALUE),
            in.required("bytes").longInteger()),
        in.required("createdAt").instant(),
        readLearned(in.required("learned")),
        readCounters(in.required("counters")),
        provenance(in.required("provenance")),
        obeyed(in),
        readDocuments(in, "leftOut"),
        VerdictJson.read(in));
  }

  private static long obeyed(JsonInput in) throws BadInput {
    JsonInput obeyed = in.optional("obeyed").orElse(null);
    return obeyed == null ? 0 : obeyed.longInteger();
  }

  /** Reads an array that {@link #writeLearned} wrote. */
  public static List<LearnedExample> readLearned(JsonInput in) throws BadInput {
    List<LearnedExample> learned = new ArrayList<>();
    for (JsonInput example : in.array(Integer.MAX_VALUE)) {
      learned.add(
          new LearnedExample(
              new DocumentId(example.required("documentId").text(1, MAX_TEXT)),
              example.text("annotator", "", MAX_TEXT),
              Instant.ofEpochMilli(example.required("annotatedAtMillis").longInteger())));
    }
    return learned;
  }

  /** Reads a member that {@link #writeDocuments} wrote, or had no need to write. */
  public static List<DocumentId> readDocuments(JsonInput in, String key) throws BadInput {
    List<DocumentId> documents = new ArrayList<>();
    JsonInput ids = in.optional(key).orElse(null);
    if (ids != null) {
      for (JsonInput id : ids.array(Integer.MAX_VALUE)) {
        documents.add(new DocumentId(id.text(1, MAX_TEXT)));
      }
    }
    return documents;
  }

  /** Reads an object that {@link #writeCounters} wrote. */
  public static Counters readCounters(JsonInput in) throws BadInput {
    return new Counters(
        in.required("rounds").longInteger(),
        in.required("examples").longInteger(),
        in.required("updates").longInteger());
  }

  private static Provenance provenance(JsonInput in) throws BadInput {
    return new Provenance(
        in.required("partition").integer(0, Integer.MAX_VALUE),
        in.required("offset").longInteger(),
        in.required("seed").longInteger(),
        digest(in, "configuration"),
        in.optional("imported").isPresent()
            ? Optional.of(digest(in, "imported"))
            : Optional.empty(),
        from(in));
  }

  private static Optional<ModelVersion> from(JsonInput in) throws BadInput {
    JsonInput from = in.optional("from").orElse(null);
    return from == null
        ? Optional.empty()
        : Optional.of(
            new ModelVersion(
                new CollectionName(from.required("collection").text(1, MAX_TEXT)),
                from.required("version").longInteger()));
  }

  private static Digest digest(JsonInput in, String key) throws BadInput {
    return new Digest(in.required(key).text(1, MAX_TEXT));
  }

  private static void write(JsonGenerator out, Manifest manifest) throws IOException {
    out.writeStartObject();
    out.writeStringField("collection", manifest.version().collection().value());
    out.writeNumberField("version", manifest.version().number());
    out.writeNumberField("parent", manifest.parent());
    out.writeStringField("kind", manifest.content().kind());
    out.writeStringField("digest", manifest.content().digest().text());
    out.writeNumberField("parts", manifest.content().parts());
    out.writeNumberField("bytes", manifest.content().bytes());
    out.writeStringField("createdAt", manifest.createdAt().toString());
    out.writeFieldName("learned");
    writeLearned(out, manifest.learned());
    out.writeFieldName("counters");
    writeCounters(out, manifest.counters());
    Provenance provenance = manifest.provenance();
    out.writeObjectFieldStart("provenance");
    out.writeNumberField("partition", provenance.partition());
    out.writeNumberField("offset", provenance.offset());
    out.writeNumberField("seed", provenance.seed());
    out.writeStringField("configuration", provenance.configuration().text());
    if (provenance.imported().isPresent()) {
      out.writeStringField("imported", provenance.imported().get().text());
    }
    if (provenance.from().isPresent()) {
      out.writeObjectFieldStart("from");
      out.writeStringField("collection", provenance.from().get().collection().value());
      out.writeNumberField("version", provenance.from().get().number());
      out.writeEndObject();
    }
    out.writeEndObject();
    if (manifest.obeyed() > 0) {
      out.writeNumberField("obeyed", manifest.obeyed());
    }
    writeDocuments(out, "leftOut", manifest.leftOut());
    VerdictJson.write(out, manifest.verdict());
    out.writeEndObject();
  }

  /** Writes what was learned as an array. */
  public static void writeLearned(JsonGenerator out, List<LearnedExample> learned)
      throws IOException {
    out.writeStartArray();
    for (LearnedExample example : learned) {
      out.writeStartObject();
      out.writeStringField("documentId", example.document().value());
      if (!example.annotator().isEmpty()) {
        out.writeStringField("annotator", example.annotator());
      }
      out.writeNumberField("annotatedAtMillis", example.annotatedAt().toEpochMilli());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** Writes ids as a member of an open object; nothing when there are none. */
  public static void writeDocuments(JsonGenerator out, String key, List<DocumentId> documents)
      throws IOException {
    if (!documents.isEmpty()) {
      out.writeArrayFieldStart(key);
      for (DocumentId document : documents) {
        out.writeString(document.value());
      }
      out.writeEndArray();
    }
  }

  /** Writes the counters as an object. */
  public static void writeCounters(JsonGenerator out, Counters counters) throws IOException {
    out.writeStartObject();
    out.writeNumberField("rounds", counters.rounds());
    out.writeNumberField("examples", counters.examples());
    out.writeNumberField("updates", counters.updates());
    out.writeEndObject();
  }
}
