package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one annotator said about one document, which may be about some of its fields only.
 *
 * @param document whose fields are marked
 * @param annotator who; empty when not said
 * @param source by what authority
 * @param at when it was said; of two statements about one field the later one wins
 * @param marks by field; a field that is not named is unknown
 */
public record Annotation(
    DocumentKey document, String annotator, Source source, Instant at, Map<FieldName, Mark> marks) {

  public Annotation {
    requireNonNull(document, "document is null");
    requireNonNull(annotator, "annotator is null");
    requireNonNull(source, "source is null");
    requireNonNull(at, "at is null");
    marks = Collections.unmodifiableMap(new LinkedHashMap<>(marks));
  }
}
