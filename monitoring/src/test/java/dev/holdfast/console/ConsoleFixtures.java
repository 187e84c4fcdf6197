package dev.holdfast.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.holdfast.continual.Verdict;
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
import dev.holdfast.score.JudgedValue;
import dev.holdfast.score.Tally;
import dev.holdfast.version.Content;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import dev.holdfast.version.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Small documents of two words or more, what is found in them, and what comes of it. */
final class ConsoleFixtures {
  static final CollectionName DEFAULT = CollectionName.DEFAULT;
  static final FieldName TOTAL = new FieldName("total");
  static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
  static final long MILLIS = START.toEpochMilli();

  private ConsoleFixtures() {}

  static Console console(ConsoleSettings settings) {
    return new Console(settings, 0.9, 2, InstantSource.fixed(START));
  }

  static Document document(String id, int tokens) {
    return document(DEFAULT, id, tokens);
  }

  static Document document(CollectionName collection, String id, int tokens) {
    return new Document(
        new DocumentId(id),
        collection,
        "receipt",
        "",
        List.of(new Page(600, 800)),
        IntStream.range(0, tokens)
            .mapToObj(i -> new Token("word" + i, new Box(0, 0, 10, 10), 0, 0))
            .toList());
  }

  static Extraction extraction(String id, long version) {
    return new Extraction(
        new DocumentKey(DEFAULT, new DocumentId(id)),
        "receipt",
        version,
        "sha256:" + version,
        new TreeMap<>(
            Map.of(
                TOTAL,
                List.of(
                    new ExtractedValue("word0", 0.75, List.of(new TokenSpan(0, 1)), List.of())))),
        START);
  }

  static Example example(Document document) {
    Mark total = Mark.of(List.of(new FieldValue("word1", List.of(new TokenSpan(1, 2)))));
    return Example.unknown(document)
        .with(new Annotation(document.key(), "ana", Source.HUMAN, START, Map.of(TOTAL, total)));
  }

  static Manifest manifest(long version, String... learned) {
    Digest digest = Digest.of(List.of());
    return new Manifest(
        new ModelVersion(DEFAULT, version),
        version - 1,
        new Content(Content.SNAPSHOT, digest, 0, 0),
        START,
        Stream.of(learned).map(id -> new LearnedExample(new DocumentId(id), "ana", START)).toList(),
        Counters.ZERO,
        new Provenance(0, 0, 0, digest));
  }

  /** A version that has left documents out. */
  static Manifest manifestWithout(long version, String... leftOut) {
    Manifest learned = manifest(version);
    return new Manifest(
        learned.version(),
        learned.parent(),
        learned.content(),
        learned.createdAt(),
        learned.learned(),
        learned.counters(),
        learned.provenance(),
        learned.obeyed(),
        Stream.of(leftOut).map(DocumentId::new).toList(),
        learned.verdict());
  }

  /** A version that fell in receipts, and whose documents ana had annotated. */
  static Refusal refusedVersion(long number, String... documents) {
    Verdict verdict =
        new Verdict(
            Verdict.Outcome.REFUSED,
            number - 1,
            Optional.empty(),
            List.of(new Verdict.Fall("receipt", Optional.empty(), .9, .5, 20, 2)),
            Stream.of(documents).map(id -> putAsideOf("ana", id)).toList(),
            0);
    return new Refusal(
        DEFAULT, number, START, Optional.of(new Refusal.Refused(number, verdict)), List.of());
  }

  /** A document that was not learned since its annotator is mistrusted. */
  static Refusal putAside(String annotator, String document) {
    return new Refusal(
        DEFAULT, 9, START, Optional.empty(), List.of(putAsideOf(annotator, document)));
  }

  private static Verdict.PutAside putAsideOf(String annotator, String document) {
    return new Verdict.PutAside(new DocumentId(document), annotator);
  }

  /** A document of a type whose one value was right or wrong, with confidence .75. */
  static ScoredDocument scored(String type, boolean right) {
    return new ScoredDocument(
        DEFAULT,
        type,
        new TreeMap<>(Map.of(TOTAL, new Tally(right ? 1 : 0, 1, 1))),
        List.of(new JudgedValue(TOTAL, 0.75, right)),
        right ? 1 : 0.5,
        right ? 1 : 0.5,
        right ? 0 : 0.5);
  }

  static JsonNode json(byte[] bytes) {
    try {
      return new JsonMapper().readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
