package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import dev.holdfast.console.ScoredDocument;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.FieldName;
import dev.holdfast.score.JudgedValue;
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
 * @param collectionF1 F1 of the collection over the window with it, 0 to 1
 */
record Scored(
    CollectionName collection,
    String type,
    SortedMap<FieldName, Tally> tallies,
    List<JudgedValue> values,
    double before,
    PrequentialF1 after,
    double collectionF1) {
  Scored {
    requireNonNull(collection, "collection is null");
    tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    values = List.copyOf(values);
  }

  /** All fields in one tally. */
  Tally total() {
    return tallies.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  /** The same as the console wants it. */
  ScoredDocument shown() {
    return new ScoredDocument(
        collection, type, tallies, values, collectionF1, after.last(), after.forgetting());
  }
}
