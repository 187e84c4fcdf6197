package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.Refusal;
import dev.holdfast.wire.JsonOutput;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the console shows: told of everything that monitoring reads, asked by the page. Holds a
 * bounded part of it, in memory only, and begins anew with the process.
 *
 * <p>Thread-safe: one thread tells, those of the HTTP endpoint ask.
 */
public final class Console {
  private final InstantSource clock;
  private final double fadingFactor;
  private final int maxCollections;
  private final Arrivals arrivals = new Arrivals();
  private final RecentDocuments documents;
  private final SortedMap<CollectionName, CollectionBoard> boards = new TreeMap<>();
  private SortedMap<String, Long> rejected = new TreeMap<>();
  private long lag;
  private long revision;

  /**
   * @param fadingFactor weight of the past in the table of fields at each document
   * @param maxCollections that are shown; the first ones
   */
  public Console(
      ConsoleSettings settings, double fadingFactor, int maxCollections, InstantSource clock) {
    this.clock = clock;
    // Not the number of another process's revision, which a page that stayed open may ask after.
    this.revision = clock.millis() * 1000;
    this.fadingFactor = fadingFactor;
    this.maxCollections = maxCollections;
    this.documents = new RecentDocuments(settings.maxDocuments(), settings.maxTokens());
  }

  /** A document came. */
  public synchronized void document(Document document, long atMillis) {
    revision++;
    board(document.collection());
    arrivals.count(Arrivals.Kind.DOCUMENTS, atMillis);
    documents.document(document, atMillis);
  }

  /** Something was found in a document. */
  public synchronized void extraction(Extraction extraction, long atMillis) {
    revision++;
    arrivals.count(Arrivals.Kind.EXTRACTIONS, atMillis);
    documents.extraction(extraction);
  }

  /** More is known of a document. */
  public synchronized void example(Example example, long atMillis) {
    revision++;
    arrivals.count(Arrivals.Kind.ANNOTATIONS, atMillis);
    documents.example(example, atMillis);
  }

  /** A document is to be forgotten. */
  public synchronized void forget(DocumentKey document) {
    revision++;
    documents.forget(document);
  }

  /** A version came. */
  public synchronized void version(Manifest manifest) {
    revision++;
    board(manifest.version().collection()).ifPresent(board -> board.version(manifest));
    documents.version(manifest);
  }

  /** A message was refused. */
  public synchronized void rejected(long atMillis) {
    revision++;
    arrivals.count(Arrivals.Kind.REJECTED, atMillis);
  }

  /** A prediction was held against what people said. */
  public synchronized void scored(ScoredDocument scored, long atMillis) {
    revision++;
    board(scored.collection()).ifPresent(board -> board.scored(scored, atMillis));
  }

  /** The gate kept something out. */
  public synchronized void refusal(Refusal refusal) {
    revision++;
    board(refusal.collection()).ifPresent(board -> board.refusal(refusal));
    documents.refusal(refusal);
  }

  /** Something that people should see. */
  public synchronized void notice(CollectionName collection, Notice notice) {
    revision++;
    board(collection).ifPresent(board -> board.notice(notice));
  }

  /**
   * How everything stands now.
   *
   * @param standings by collection
   * @param rejectedByReason messages refused, by the code of the reason
   * @param recordsBehind records that were not read yet
   */
  public synchronized void stands(
      Map<CollectionName, Standing> standings,
      SortedMap<String, Long> rejectedByReason,
      long recordsBehind) {
    standings.forEach(
        (collection, now) -> board(collection).ifPresent(board -> board.standing(now)));
    revision += lag == recordsBehind ? 0 : 1;
    rejected = rejectedByReason;
    lag = recordsBehind;
  }

  private Optional<CollectionBoard> board(CollectionName collection) {
    if (!boards.containsKey(collection) && boards.size() < maxCollections) {
      boards.put(collection, new CollectionBoard(fadingFactor));
    }
    return Optional.ofNullable(boards.get(collection));
  }

  /**
   * Everything but the text of documents, as JSON.
   *
   * @param asked the collection to show; the first one when it is empty or unknown
   * @param after the revision that the asker has, or -1
   * @param corrections whether the page may send corrections
   * @return empty when nothing has changed since that revision
   */
  synchronized Optional<byte[]> state(Optional<String> asked, long after, boolean corrections) {
    if (after == revision) {
      return Optional.empty();
    }
    Optional<CollectionName> shown =
        boards.keySet().stream()
            .filter(name -> asked.isEmpty() || name.value().equals(asked.get()))
            .findFirst()
            .or(() -> boards.keySet().stream().findFirst());
    return Optional.of(
        JsonOutput.bytes((out, collection) -> write(out, collection, corrections), shown));
  }

  private void write(JsonGenerator out, Optional<CollectionName> shown, boolean corrections)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("revision", revision);
    out.writeNumberField("now", clock.millis());
    out.writeNumberField("lag", lag);
    out.writeBooleanField("corrections", corrections);
    out.writeFieldName("arrivals");
    arrivals.write(out);
    out.writeObjectFieldStart("rejected");
    for (Map.Entry<String, Long> reason : rejected.entrySet()) {
      out.writeNumberField(reason.getKey(), reason.getValue());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("collections");
    for (CollectionName name : boards.keySet()) {
      out.writeString(name.value());
    }
    out.writeEndArray();
    if (shown.isPresent()) {
      out.writeStringField("collection", shown.get().value());
      boards.get(shown.get()).write(out);
      out.writeFieldName("documents");
      documents.writeList(out, shown.get());
    }
    out.writeEndObject();
  }

  /** A document with all that is known of it, as JSON; empty when it is not kept. */
  synchronized Optional<byte[]> document(DocumentKey key) {
    boolean[] kept = new boolean[1];
    byte[] json = JsonOutput.bytes((out, asked) -> kept[0] = documents.write(out, asked), key);
    return kept[0] ? Optional.of(json) : Optional.empty();
  }
}
