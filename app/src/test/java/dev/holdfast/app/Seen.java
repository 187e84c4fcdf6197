package dev.holdfast.app;

import dev.holdfast.document.DocumentId;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Everything that has come out of a pipeline since this was made. */
final class Seen implements PipelineClient.Listener, AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  final List<Extraction> extractions = new ArrayList<>();
  final List<Manifest> versions = new ArrayList<>();
  final List<DocumentId> rejected = new ArrayList<>();

  private final PipelineClient client;

  Seen(Map<String, String> kafka) {
    client = new PipelineClient(kafka);
  }

  /** To send by. */
  PipelineClient client() {
    return client;
  }

  /** Reads on until that is so. */
  void await(String what, BooleanSupplier condition) {
    Awaitility.await(what)
        .atMost(LIMIT)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              client.poll(Duration.ofMillis(50), this);
              return condition.getAsBoolean();
            });
  }

  void awaitExtraction(DocumentId document) {
    await("an extraction of " + document, () -> extraction(document) != null);
  }

  void awaitLearned(DocumentId document) {
    await("a version that learned " + document, () -> learnedBy(document) > 0);
  }

  /** Reads on until a version has learned a document or says that it is held back. */
  void awaitSettled(DocumentId document) {
    await("a version that learned or left out " + document, () -> isSettled(document));
  }

  /** Whether a version has learned a document or says that it is left out. */
  boolean isSettled(DocumentId document) {
    return learnedBy(document) > 0
        || versions.stream().anyMatch(version -> version.leftOut().contains(document));
  }

  /** The first extraction of a document; null before there is one. */
  Extraction extraction(DocumentId document) {
    return extractions.stream()
        .filter(extraction -> extraction.document().id().equals(document))
        .findFirst()
        .orElse(null);
  }

  /** The version that learned a document; 0 before there is one. */
  long learnedBy(DocumentId document) {
    return versions.stream()
        .filter(
            manifest ->
                manifest.learned().stream()
                    .map(LearnedExample::document)
                    .anyMatch(document::equals))
        .mapToLong(manifest -> manifest.version().number())
        .findFirst()
        .orElse(0);
  }

  /** How many extractions each document has. */
  Map<DocumentId, Long> extractionCounts() {
    client.drain(this);
    return extractions.stream()
        .collect(
            Collectors.groupingBy(extraction -> extraction.document().id(), Collectors.counting()));
  }

  List<Long> versionNumbers() {
    return versions.stream().map(manifest -> manifest.version().number()).toList();
  }

  @Override
  public void extraction(Extraction extraction, long atMillis) {
    extractions.add(extraction);
  }

  @Override
  public void version(Manifest manifest) {
    versions.add(manifest);
  }

  @Override
  public void rejected(DocumentId document) {
    rejected.add(document);
  }

  @Override
  public void close() {
    client.close();
  }
}
