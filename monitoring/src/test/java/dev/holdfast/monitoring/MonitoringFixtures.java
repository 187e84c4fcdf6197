package dev.holdfast.monitoring;

import dev.holdfast.console.Console;
import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.document.Annotation;
import dev.holdfast.document.Box;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Page;
import dev.holdfast.document.Source;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.version.Content;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Small documents, what is predicted for them and what people say about them. */
final class MonitoringFixtures {
  static final CollectionName DEFAULT = CollectionName.DEFAULT;
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  private MonitoringFixtures() {}

  static Console console() {
    return new Console(ConsoleSettings.DEFAULT, 0.999, 100, InstantSource.fixed(START));
  }

  /** A prediction of one value for each named field; {@code type} is the part before the dash. */
  static Extraction extraction(String id, long version, Map<String, String> values) {
    return extraction(id, version, START, values);
  }

  static Extraction extraction(String id, long version, Instant at, Map<String, String> values) {
    return extraction(id, version, at, values, 0.9);
  }

  /** The same with a confidence from 0 to 1. */
  static Extraction extraction(
      String id, long version, Instant at, Map<String, String> values, double confidence) {
    SortedMap<FieldName, List<ExtractedValue>> fields = new TreeMap<>();
    values.forEach(
        (field, text) ->
            fields.put(
                new FieldName(field),
                List.of(
                    new ExtractedValue(
                        text, confidence, List.of(new TokenSpan(0, 1)), List.of()))));
    return new Extraction(
        new DocumentKey(DEFAULT, new DocumentId(id)),
        type(id),
        version,
        version == 0 ? "" : "sha256:" + version,
        fields,
        at);
  }

  /** A version that has learned the named documents, made at {@link #START}. */
  static Manifest manifest(long version, long parent, String... learned) {
    Digest digest = Digest.of(List.of());
    return new Manifest(
        new ModelVersion(DEFAULT, version),
        parent,
        new Content(Content.SNAPSHOT, digest, 0, 0),
        START,
        Stream.of(learned).map(id -> new LearnedExample(new DocumentId(id), "ana", START)).toList(),
        Counters.ZERO,
        new Provenance(0, 0, 0, digest));
  }

  /** All that is known of a document: a value for each named field, an empty one says absent. */
  static Example example(String id, Map<String, String> values) {
    return Example.unknown(document(id)).with(annotation(id, Source.HUMAN, START, values));
  }

  static Annotation annotation(String id, Source source, Instant at, Map<String, String> values) {
    Map<FieldName, Mark> marks = new TreeMap<>();
    values.forEach(
        (field, text) ->
            marks.put(
                new FieldName(field),
                text.isEmpty()
                    ? new Mark.Absent()
                    : Mark.of(List.of(new FieldValue(text, List.of())))));
    return new Annotation(new DocumentKey(DEFAULT, new DocumentId(id)), "ana", source, at, marks);
  }

  static Document document(String id) {
    return document(id, "word");
  }

  static Document document(String id, String... words) {
    return new Document(
        new DocumentId(id),
        DEFAULT,
        type(id),
        "",
        List.of(new Page(600, 800)),
        Stream.of(words).map(word -> new Token(word, new Box(0, 0, 10, 10), 0, 0)).toList());
  }

  private static String type(String id) {
    int dash = id.indexOf('-');
    return dash < 0 ? "" : id.substring(0, dash);
  }
}
