package dev.holdfast.score;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.FieldName;

/**
 * A predicted value and what people made of it.
 *
 * @param field that it was predicted for
 * @param confidence that it was given with, 0 to 1
 * @param right whether it is one of the annotated values
 */
public record JudgedValue(FieldName field, double confidence, boolean right) {
  public JudgedValue {
    requireNonNull(field, "field is null");
  }
}
