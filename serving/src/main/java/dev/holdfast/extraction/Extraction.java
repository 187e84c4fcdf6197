package dev.holdfast.extraction;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one model version found in one document.
 *
 * @param document whose fields these are
 * @param type what kind of document it is said to be; empty when nobody said
 * @param version number of the model version within the document's collection; 0 finds nothing: it
 *     serves a collection that has no version yet, and a document that its version failed on
 * @param digest of that version, {@code sha256:…}; empty for version 0
 * @param fields the values of each field that has any, most confident first
 * @param at when it was found
 */
public record Extraction(
    DocumentKey document,
    String type,
    long version,
    String digest,
    SortedMap<FieldName, List<ExtractedValue>> fields,
    Instant at) {

  public Extraction {
    requireNonNull(document, "document is null");
    requireNonNull(type, "type is null");
    requireNonNull(at, "at is null");
    if (version < 0 || digest.isEmpty() != (version == 0)) {
      throw new IllegalArgumentException(
          "document %s: expected version 0 without a digest or a version >= 1 with one, was %d and \"%s\""
              .formatted(document, version, digest));
    }
    SortedMap<FieldName, List<ExtractedValue>> copy = new TreeMap<>();
    fields.forEach(
        (field, values) -> {
          if (values.isEmpty()) {
            throw new IllegalArgumentException(
                "document %s: expected values for field %s, was none".formatted(document, field));
          }
          copy.put(field, List.copyOf(values));
        });
    fields = Collections.unmodifiableSortedMap(copy);
  }

  /** The extraction that a prediction for a document amounts to; fields without values fall out. */
  public static Extraction of(
      Document document, Prediction prediction, long version, String digest, Instant at) {
    SortedMap<FieldName, List<ExtractedValue>> fields = new TreeMap<>();
    prediction
        .fields()
        .forEach(
            (field, values) -> {
              if (!values.isEmpty()) {
                fields.put(field, extracted(document, values));
              }
            });
    return new Extraction(document.key(), document.type(), version, digest, fields, at);
  }

  /** The same with every value read anew; its text stays as it is printed. */
  public Extraction normalized(Meanings meanings) {
    SortedMap<FieldName, List<ExtractedValue>> read = new TreeMap<>();
    fields.forEach(
        (field, values) ->
            read.put(
                field,
                values.stream()
                    .map(value -> value.withNormalized(meanings.read(field, value.text())))
                    .toList()));
    return new Extraction(document, type, version, digest, read, at);
  }

  private static List<ExtractedValue> extracted(Document document, List<PredictedValue> values) {
    return values.stream().map(value -> ExtractedValue.of(document, value)).toList();
  }

  /**
   * How sure the version is of the document as a whole: the mean over the fields of the confidence
   * in their best value, 0 to 1; 0 when nothing was found.
   */
  public double confidence() {
    return fields.values().stream()
        .mapToDouble(values -> values.get(0).confidence())
        .average()
        .orElse(0);
  }
}
