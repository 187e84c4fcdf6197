package dev.holdfast.document;

/**
 * The id of one document, unique within its collection.
 *
 * @param value 1 to 256 characters, no '/', no control characters, no white space at its ends
 */
public record DocumentId(String value) implements Comparable<DocumentId> {
  /** The most characters of an id. */
  public static final int MAX_LENGTH = 256;

  public DocumentId {
    Names.check("a document id", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(DocumentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
