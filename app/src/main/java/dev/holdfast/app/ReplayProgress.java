package dev.holdfast.app;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.score.Scorer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was sent through the pipeline and what has come back: says which annotation may follow, when
 * all is done, and how good it was.
 *
 * <p>A document's way here: <em>sent</em>, then <em>extracted</em> (its annotation may be sent),
 * then <em>learned</em> or <em>left out</em> (a published version names it). A document without
 * annotation ends when it is extracted, a rejected one when it is rejected. A prediction is scored
 * with the annotation that is sent after it, so no version ever saw what it is scored on; that is
 * checked when the version that learned it turns up.
 *
 * <p>No Kafka, no clock. Not thread-safe.
 */
final class ReplayProgress {
  private static final int LATEST = 100;
  private static final int LATEST_OF_TYPE = 50;

  /** Sent, not yet extracted. */
  private final Map<DocumentKey, LabelledDocument> unextracted = new LinkedHashMap<>();

  /** Extracted and annotated, not yet learned: the version that made the prediction. */
  private final Map<DocumentKey, Long> unlearned = new LinkedHashMap<>();

  /** Every document that was ever extracted, to tell a second extraction. */
  private final Set<DocumentKey> extracted = new HashSet<>();

  private final Map<CollectionName, LearnToServe> learnToServe = new HashMap<>();
  private final ReplayScores scores = new ReplayScores(LATEST, LATEST_OF_TYPE);
  private final Latencies latencies = new Latencies();
  private final Map<CollectionName, LearnToServe> learnToReady = new HashMap<>();
  private final Latencies readyLatencies = new Latencies();
  private long documents;
  private long annotations;
  private long extractions;
  private long duplicates;
  private long rejected;
  private long versions;
  private long newestVersion;
  private long steps;

  /** A document was sent. */
  void sent(LabelledDocument document) {
    documents++;
    steps++;
    unextracted.put(document.document().key(), document);
  }

  /**
   * An extraction has arrived.
   *
   * @param atMillis when it was written
   * @return the annotation that may now be sent; empty when there is none, when the document is not
   *     one of ours, or when it was extracted before
   */
  Optional<Annotation> extracted(Extraction extraction, long atMillis) {
    LabelledDocument sent = unextracted.remove(extraction.document());
    if (sent == null) {
      if (extracted.contains(extraction.document())) {
        extractions++;
        duplicates++;
      }
      return Optional.empty();
    }
    extractions++;
    steps++;
    extracted.add(extraction.document());
    newestVersion = Math.max(newestVersion, extraction.version());
    lineage(extraction.document().collection()).served(extraction.version(), atMillis);
    if (sent.annotation().marks().isEmpty()) {
      return Optional.empty();
    }
    annotations++;
    unlearned.put(extraction.document(), extraction.version());
    score(sent, extraction);
    return Optional.of(sent.annotation());
  }

  private void score(LabelledDocument sent, Extraction extraction) {
    Map<FieldName, List<String>> texts = new HashMap<>();
    extraction
        .fields()
        .forEach(
            (field, values) ->
                texts.put(field, values.stream().map(ExtractedValue::text).toList()));
    Document document = sent.document();
    scores.add(document.type(), Scorer.score(document, sent.annotation().marks(), texts));
  }

  /** A version was published. */
  void published(long version) {
    versions++;
    newestVersion = Math.max(newestVersion, version);
  }

  /**
   * A published version says that it learned an annotation of a document.
   *
   * @param annotatedAtMillis when the annotation was written
   * @throws IllegalStateException when that version or a later one had made the prediction that was
   *     scored
   */
  void learned(DocumentKey document, long version, long annotatedAtMillis) {
    Long predictedBy = unlearned.remove(document);
    if (predictedBy == null) {
      return;
    }
    if (predictedBy >= version) {
      throw new IllegalStateException(
          "document %s: expected a prediction by a version before %d, which learned it, was by %d"
              .formatted(document, version, predictedBy));
    }
    steps++;
    lineage(document.collection()).learned(version, annotatedAtMillis);
    readiness(document.collection()).learned(version, annotatedAtMillis);
  }

  /** A node serves a version: whatever it reads from now on is read by that or a later one. */
  void ready(CollectionName collection, long version, long atMillis) {
    readiness(collection).served(version, atMillis);
  }

  /** A published version says that an annotation of a document is not learned. */
  void leftOut(DocumentKey document) {
    if (unlearned.remove(document) != null) {
      steps++;
    }
  }

  /** A message about a document was rejected; nothing more comes of it. */
  void rejected(DocumentId document) {
    rejected++;
    steps++;
    unextracted.keySet().removeIf(key -> key.id().equals(document));
    unlearned.keySet().removeIf(key -> key.id().equals(document));
  }

  /** How many documents are on their way. */
  int inFlight() {
    return unextracted.size() + unlearned.size();
  }

  /** How many steps documents have taken on their way: as long as it grows, something moves. */
  long steps() {
    return steps;
  }

  boolean done() {
    return inFlight() == 0;
  }

  /** What has not come back, for people. */
  String missing() {
    List<String> parts = new ArrayList<>();
    if (!unextracted.isEmpty()) {
      parts.add("%d extractions (%s)".formatted(unextracted.size(), some(unextracted.keySet())));
    }
    if (!unlearned.isEmpty()) {
      parts.add(
          "versions that learned %d annotations (%s)"
              .formatted(unlearned.size(), some(unlearned.keySet())));
    }
    return String.join(" and ", parts);
  }

  private static String some(Set<DocumentKey> keys) {
    String first =
        keys.stream().limit(3).map(DocumentKey::toString).collect(Collectors.joining(", "));
    return keys.size() > 3 ? first + ", …" : first;
  }

  long documents() {
    return documents;
  }

  long annotations() {
    return annotations;
  }

  long versions() {
    return versions;
  }

  /** The highest version number that was seen, in publications and in extractions. */
  long newestVersion() {
    return newestVersion;
  }

  ReplayScores scores() {
    return scores;
  }

  Latencies.Summary latencies() {
    return latencies.summary();
  }

  ReplayReport report(double seconds) {
    return new ReplayReport(
        documents,
        extractions,
        duplicates,
        rejected,
        versions,
        scores.all(),
        scores.latest(),
        scores.byType(),
        scores.byField(),
        readyLatencies.summary(),
        latencies.summary(),
        seconds,
        Optional.empty());
  }

  private LearnToServe readiness(CollectionName collection) {
    return learnToReady.computeIfAbsent(collection, name -> new LearnToServe(readyLatencies));
  }

  private LearnToServe lineage(CollectionName collection) {
    return learnToServe.computeIfAbsent(collection, name -> new LearnToServe(latencies));
  }
}
