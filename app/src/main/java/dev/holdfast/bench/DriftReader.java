package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.Token;
import dev.holdfast.drift.HashedWords;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.network.Extractor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads documents with what it has learned so far. Not thread-safe. */
final class DriftReader implements AutoCloseable {
  private final Course course;
  private final Map<DocumentKey, Sight> read = new HashMap<>();
  private Extractor extractor;

  DriftReader(LearningSettings settings, long seed) {
    course = new Course(settings, seed);
    extractor = course.extractor();
  }

  /** Learns examples, each once, with the rehearsal after it. */
  void learn(List<Example> lessons) {
    course.stream(lessons, documents -> {});
    extractor.close();
    extractor = course.extractor();
    read.clear();
  }

  /** What detectors see of a document. */
  Sight read(Document document) {
    return read.computeIfAbsent(document.key(), key -> sight(document));
  }

  private Sight sight(Document document) {
    HashedWords words = HashedWords.of(document.tokens().stream().map(Token::text).toList());
    Extraction extraction =
        Extraction.of(document, extractor.extract(document), 1, "sha256:", Instant.EPOCH);
    return new Sight(words, extraction.confidence());
  }

  @Override
  public void close() {
    extractor.close();
  }
}
