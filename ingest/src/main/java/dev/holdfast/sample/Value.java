package dev.holdfast.sample;

import dev.holdfast.document.FieldName;

/**
 * A value that the gold annotation names where it is printed. Identity counts: the same text
 * printed elsewhere is another thing.
 */
final class Value {
  /** Of words that belong to no value. */
  static final Value NONE = new Value(new FieldName("none"), "", false);

  private final FieldName field;
  private final String text;
  private final boolean linewise;

  private Value(FieldName field, String text, boolean linewise) {
    this.field = field;
    this.text = text;
    this.linewise = linewise;
  }

  static Value of(String field, String text) {
    return new Value(new FieldName(field), text, false);
  }

  /** A value whose every line is a piece of its own, even when the lines follow each other. */
  static Value linewise(String field, String text) {
    return new Value(new FieldName(field), text, true);
  }

  FieldName field() {
    return field;
  }

  boolean linewise() {
    return linewise;
  }

  /** The whole value, to be printed. */
  Text print() {
    return part(text);
  }

  /** Some words of it, to be printed in one place while others stand elsewhere. */
  Text part(String words) {
    return Text.of(words, this);
  }
}
