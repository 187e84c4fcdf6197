package dev.holdfast.console;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.FieldName;
import dev.holdfast.score.JudgedValue;
import dev.holdfast.score.Tally;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A prediction that was held against what people said.
 *
 * @param type of the document
 * @param tallies of each field that something was said about
 * @param values that were predicted for these fields
 * @param collectionF1 of its collection over the last documents, with it, 0 to 1
 * @param typeF1 of its type over the last documents, with it, 0 to 1
 * @param typeForgetting how far that is below the type's best, 0 to 1
 */
public record ScoredDocument(
    CollectionName collection,
    String type,
    SortedMap<FieldName, Tally> tallies,
    List<JudgedValue> values,
    double collectionF1,
    double typeF1,
    double typeForgetting) {
  public ScoredDocument {
    requireNonNull(collection, "collection is null");
    requireNonNull(type, "type is null");
    tallies = Collections.unmodifiableSortedMap(new TreeMap<>(tallies));
    values = List.copyOf(values);
  }
}
