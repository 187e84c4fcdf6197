package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentId;
import java.time.Instant;

/**
 * An example that a version has learned and its parent had not.
 *
 * @param document which
 * @param annotator of the latest statement that was learned; empty when not said
 * @param annotatedAt when the annotation reached Kafka, to the millisecond
 */
public record LearnedExample(DocumentId document, String annotator, Instant annotatedAt) {
  public LearnedExample {
    requireNonNull(document, "document is null");
    requireNonNull(annotator, "annotator is null");
    requireNonNull(annotatedAt, "annotatedAt is null");
  }
}
