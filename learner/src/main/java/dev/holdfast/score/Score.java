package dev.holdfast.score;

import dev.holdfast.document.FieldName;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The agreement of predictions with annotations over one or more documents.
 *
 * @param fields every field that an annotation spoke of
 */
public record Score(SortedMap<FieldName, Tally> fields) {
  /** Of no documents. */
  public static final Score NONE = new Score(new TreeMap<>());

  public Score {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /** Of the documents of both. */
  public Score plus(Score other) {
    SortedMap<FieldName, Tally> sum = new TreeMap<>(fields);
    for (Map.Entry<FieldName, Tally> field : other.fields.entrySet()) {
      sum.merge(field.getKey(), field.getValue(), Tally::plus);
    }
    return new Score(sum);
  }

  /** All fields in one tally. */
  public Tally total() {
    return fields.values().stream().reduce(Tally.NONE, Tally::plus);
  }

  /** F1 over all values of all fields, 0 to 1. */
  public double microF1() {
    return total().f1();
  }

  /** The mean of the fields' F1, 0 to 1; 0 without fields. */
  public double macroF1() {
    return fields.values().stream().mapToDouble(Tally::f1).average().orElse(0);
  }

  /** Over all values of all fields, 0 to 1. */
  public double precision() {
    return total().precision();
  }

  /** Over all values of all fields, 0 to 1. */
  public double recall() {
    return total().recall();
  }
}
