package dev.holdfast.score;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.NormalText;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares what was extracted from a document with what people said about it.
 *
 * <ul>
 *   <li>Only marked fields are scored. A field without a mark is unknown: what was predicted for it
 *       counts neither way. A value predicted for an absent field is wrong.
 *   <li>The values of a field are a set, compared by {@link NormalText}; a text that has none is no
 *       value.
 *   <li>A value may be predicted as it was annotated or as it is printed at the annotated spans.
 *       Annotated values that share one of these forms are one value.
 * </ul>
 *
 * <p>No state; thread-safe.
 */
public final class Scorer {
  private Scorer() {}

  /**
   * The score of one document.
   *
   * @param document that the annotated spans point into
   * @param marks what is known of its fields
   * @param predicted the texts of the predicted values by field, in any order; a field that is
   *     missing has none
   */
  public static Score score(
      Document document, Map<FieldName, Mark> marks, Map<FieldName, List<String>> predicted) {
    SortedMap<FieldName, Tally> fields = new TreeMap<>();
    marks.forEach(
        (field, mark) ->
            fields.put(
                field, tally(document, mark.values(), predicted.getOrDefault(field, List.of()))));
    return new Score(fields);
  }

  /**
   * The tally of one field of one document.
   *
   * @param document that the annotated spans point into
   * @param annotated all values of the field; none means absent
   * @param predicted the texts of the predicted values, in any order
   */
  public static Tally tally(
      Document document, List<FieldValue> annotated, Collection<String> predicted) {
    return AnnotatedValues.of(document, annotated).tally(predicted);
  }
}
