package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.FieldName;
import dev.holdfast.score.Tally;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prediction that was held against statements.
 *
 * @param type of the document; {@link Slice#UNKNOWN} when nobody said
 * @param tallies of each field that something was said about
 * @param values that were predicted for these fields
 * @param before F1 of the type over the window before it, 0 to 1
 * @param after of the type, with it
 */
record Scored(
    CollectionName collection,
    String type,
    SortedMap<FieldName, Tally> tallies,
    List<Judged> values,
    double before,
    PrequentialF1 after) {
  Scored {
    requireNonNull(collection, "collection is null");
    tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    values = List.copyOf(values);
  }

  /**
   * A predicted value and what people made of it.
   *
   * @param confidence 0 to 1
   */
  record Judged(double confidence, boolean right) {}

  /** All fields in one tally. */
  Tally total() {
    return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
  }
}
