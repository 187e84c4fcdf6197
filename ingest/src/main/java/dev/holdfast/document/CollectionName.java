package dev.holdfast.document;

/**
 * The name of a collection: one model lineage with its own fields, weights and version numbers.
 *
 * @param value 1 to 100 characters, no '/', no control characters, no white space at its ends
 */
public record CollectionName(String value) implements Comparable<CollectionName> {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 100;

  /** The collection of a message that names none. */
  public static final CollectionName DEFAULT = new CollectionName("default");

  public CollectionName {
    Names.check("a collection name", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(CollectionName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
