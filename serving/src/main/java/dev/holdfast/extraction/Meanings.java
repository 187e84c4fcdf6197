package dev.holdfast.extraction;

import dev.holdfast.document.FieldName;
import dev.holdfast.meaning.Reading;
import java.util.List;

/** What the values of one document mean. */
@FunctionalInterface
public interface Meanings {
  /** Everything that a value of the field can mean; none when it cannot be read. */
  List<Reading> read(FieldName field, String text);
}
