package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.ExampleJson;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionJson;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The latest documents with what was found in them, what people said about them, and the version
 * that learned that. The oldest go first when there are too many documents, or too many tokens in
 * all of them.
 *
 * <p>Extractions, examples and manifests may come before the document they are about, which lies in
 * another partition: what comes early is kept for the next document, as many as there is room for.
 *
 * <p>Not thread-safe.
 */
final class RecentDocuments {
  private static final int MAX_LISTED = 100;

  private final int maxDocuments;
  private final int maxTokens;
  private final Map<DocumentKey, Kept> kept = new LinkedHashMap<>();
  private final Map<DocumentKey, Fate> early = new LinkedHashMap<>();
  private long tokens;

  /** A document and all about it. */
  private static final class Kept {
    private Example example;
    private final long atMillis;
    private final Fate fate;

    Kept(Example example, long atMillis, Fate fate) {
      this.example = example;
      this.atMillis = atMillis;
      this.fate = fate;
    }
  }

  /** What came of a document: numbers of the latest versions that learned it or left it out. */
  private static final class Fate {
    private Extraction extraction;
    private long learned;
    private long leftOut;

    /** Whether it is left out for who annotated it. */
    private boolean putAside;
  }

  RecentDocuments(int maxDocuments, int maxTokens) {
    this.maxDocuments = maxDocuments;
    this.maxTokens = maxTokens;
  }

  void document(Document document, long atMillis) {
    Kept known = kept.get(document.key());
    if (known == null) {
      keep(Example.unknown(document), atMillis);
    } else {
      replace(known, known.example.movedTo(document));
    }
  }

  void example(Example example, long atMillis) {
    Kept known = kept.get(example.document().key());
    if (known == null) {
      keep(example, atMillis);
    } else {
      replace(known, example);
    }
  }

  void extraction(Extraction extraction) {
    fate(extraction.document()).ifPresent(fate -> fate.extraction = extraction);
  }

  void version(Manifest manifest) {
    CollectionName collection = manifest.version().collection();
    long version = manifest.version().number();
    for (LearnedExample learned : manifest.learned()) {
      fate(new DocumentKey(collection, learned.document()))
          .ifPresent(
              fate -> {
                fate.learned = version;
                fate.putAside = false;
              });
    }
    for (DocumentId left : manifest.leftOut()) {
      fate(new DocumentKey(collection, left)).ifPresent(fate -> fate.leftOut = version);
    }
  }

  void refusal(Refusal refusal) {
    refusal.byAnnotator().values().stream()
        .flatMap(List::stream)
        .forEach(
            document ->
                fate(new DocumentKey(refusal.collection(), document))
                    .ifPresent(fate -> fate.putAside = true));
  }

  void forget(DocumentKey key) {
    early.remove(key);
    Kept known = kept.remove(key);
    tokens -= known == null ? 0 : known.example.document().tokens().size();
  }

  private void replace(Kept known, Example example) {
    tokens += example.document().tokens().size() - known.example.document().tokens().size();
    known.example = example;
    dropOldest();
  }

  private void keep(Example example, long atMillis) {
    Fate before = early.remove(example.document().key());
    Kept fresh = new Kept(example, atMillis, before == null ? new Fate() : before);
    kept.put(example.document().key(), fresh);
    tokens += example.document().tokens().size();
    dropOldest();
  }

  private void dropOldest() {
    Iterator<Kept> oldest = kept.values().iterator();
    while (kept.size() > maxDocuments || tokens > maxTokens) {
      tokens -= oldest.next().example.document().tokens().size();
      oldest.remove();
    }
  }

  /** Of a document that is kept or may come yet. */
  private Optional<Fate> fate(DocumentKey key) {
    Kept known = kept.get(key);
    if (known != null) {
      return Optional.of(known.fate);
    }
    if (maxDocuments == 0) {
      return Optional.empty();
    }
    if (!early.containsKey(key) && early.size() >= maxDocuments) {
      early.remove(early.keySet().iterator().next());
    }
    return Optional.of(early.computeIfAbsent(key, k -> new Fate()));
  }

  /** The latest of a collection as an array without their text, the newest first. */
  void writeList(JsonGenerator out, CollectionName collection) throws IOException {
    List<Kept> listed = new ArrayList<>();
    for (Kept document : kept.values()) {
      if (document.example.document().collection().equals(collection)) {
        listed.add(document);
      }
    }
    out.writeStartArray();
    for (int i = listed.size() - 1; i >= Math.max(0, listed.size() - MAX_LISTED); i--) {
      writeEntry(out, listed.get(i));
    }
    out.writeEndArray();
  }

  private static void writeEntry(JsonGenerator out, Kept entry) throws IOException {
    Document document = entry.example.document();
    out.writeStartObject();
    out.writeStringField("id", document.id().value());
    out.writeStringField("type", document.type());
    out.writeNumberField("at", entry.atMillis);
    out.writeNumberField("tokens", document.tokens().size());
    out.writeNumberField("stated", entry.example.statements().size());
    write(out, entry.fate);
    Extraction extraction = entry.fate.extraction;
    if (extraction != null) {
      out.writeNumberField("version", extraction.version());
      out.writeNumberField("fields", extraction.fields().size());
      Numbers.field(out, "confidence", extraction.confidence());
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Fate fate) throws IOException {
    out.writeNumberField("learned", fate.learned);
    if (fate.leftOut > fate.learned) {
      out.writeNumberField("leftOut", fate.leftOut);
      out.writeBooleanField("putAside", fate.putAside);
    }
  }

  /**
   * Writes all that is known of a document as one object.
   *
   * @return false, with nothing written, when it is not kept
   */
  boolean write(JsonGenerator out, DocumentKey key) throws IOException {
    Kept entry = kept.get(key);
    if (entry == null) {
      return false;
    }
    out.writeStartObject();
    out.writeNumberField("at", entry.atMillis);
    write(out, entry.fate);
    out.writeFieldName("example");
    ExampleJson.write(out, entry.example);
    if (entry.fate.extraction != null) {
      out.writeFieldName("extraction");
      ExtractionJson.write(out, entry.fate.extraction);
    }
    out.writeEndObject();
    return true;
  }
}
