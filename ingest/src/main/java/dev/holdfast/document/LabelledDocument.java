package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A document with one annotation of it, as a line of a labelled-document file.
 *
 * @param document any
 * @param annotation of that document, with every span inside its tokens
 */
public record LabelledDocument(Document document, Annotation annotation) {
  public LabelledDocument {
    requireNonNull(document, "document is null");
    if (!annotation.document().equals(document.key())) {
      throw new IllegalArgumentException(
          "expected an annotation of %s, was of %s"
              .formatted(document.key(), annotation.document()));
    }
  }

  /** A document of which nothing is said. */
  public static LabelledDocument bare(Document document) {
    return new LabelledDocument(
        document, new Annotation(document.key(), "", Source.IMPORT, Instant.EPOCH, Map.of()));
  }

  /** The example that this line alone makes. */
  public Example example() {
    return Example.unknown(document).with(annotation);
  }
}
