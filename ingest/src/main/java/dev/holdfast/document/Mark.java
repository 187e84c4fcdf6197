package dev.holdfast.document;

import java.util.List;

/**
 * What an annotator said about one field of one document. A field without a mark is unknown, not
 * absent.
 */
public sealed interface Mark {

  /** All the field's values; empty when it is absent. */
  List<FieldValue> values();

  /** The mark that says these are all the values; none means absent. */
  static Mark of(List<FieldValue> values) {
    return values.isEmpty() ? new Absent() : new Present(values);
  }

  /**
   * The document has the field.
   *
   * @param values all of them, at least one
   */
  record Present(List<FieldValue> values) implements Mark {
    public Present {
      values = List.copyOf(values);
      if (values.isEmpty()) {
        throw new IllegalArgumentException("expected at least one value, was none");
      }
    }
  }

  /** The document does not have the field. */
  record Absent() implements Mark {
    @Override
    public List<FieldValue> values() {
      return List.of();
    }
  }
}
