package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

/**
 * A document's place among all collections; written {@code collection/id}.
 *
 * @param collection the model lineage it belongs to
 * @param id its id there
 */
public record DocumentKey(CollectionName collection, DocumentId id) {
  public DocumentKey {
    requireNonNull(collection, "collection is null");
    requireNonNull(id, "id is null");
  }

  /** Reads what {@link #toString} writes. */
  public static DocumentKey parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException(
          "expected collection/id, was " + text.length() + " characters without '/'");
    }
    return new DocumentKey(
        new CollectionName(text.substring(0, slash)), new DocumentId(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return collection + "/" + id;
  }
}
