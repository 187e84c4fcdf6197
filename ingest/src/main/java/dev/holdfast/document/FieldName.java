package dev.holdfast.document;

/**
 * The name of a field that documents of a collection may have.
 *
 * @param value 1 to 100 characters, no '/', no control characters, no white space at its ends
 */
public record FieldName(String value) implements Comparable<FieldName> {
  static final int MAX_LENGTH = 100;

  public FieldName {
    Names.check("a field name", value, MAX_LENGTH);
  }

  @Override
  public int compareTo(FieldName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
