package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the network finds in one document.
 *
 * @param fields the values of each field that has any, most confident first
 */
public record Prediction(SortedMap<FieldName, List<PredictedValue>> fields) {
  /** Nothing found. */
  public static final Prediction EMPTY = new Prediction(new TreeMap<>());

  public Prediction {
    SortedMap<FieldName, List<PredictedValue>> copy = new TreeMap<>();
    fields.forEach((field, values) -> copy.put(field, List.copyOf(values)));
    fields = Collections.unmodifiableSortedMap(copy);
  }
}
