package dev.holdfast.score;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.NormalText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What there is to find in one field of one document: each distinct value as the forms that count
 * as right. Small beside the document, so it can be kept until a prediction comes.
 *
 * @param forms of each value, in normal text, at least one; no two values share a form
 */
public record AnnotatedValues(List<Set<String>> forms) {
  public AnnotatedValues {
    forms = forms.stream().map(Set::copyOf).toList();
  }

  /**
   * The distinct values among {@code annotated}.
   *
   * @param document that the annotated spans point into
   * @param annotated all values of the field; none means absent
   */
  public static AnnotatedValues of(Document document, List<FieldValue> annotated) {
    List<Set<String>> values = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (FieldValue value : annotated) {
      Set<String> forms = new HashSet<>();
      forms.add(NormalText.of(value.text()));
      forms.add(NormalText.of(document.text(value.spans())));
      forms.remove("");
      // A value that is dropped here does not pass its other form on: sharing is not transitive.
      if (!forms.isEmpty() && forms.stream().noneMatch(taken::contains)) {
        values.add(forms);
        taken.addAll(forms);
      }
    }
    return new AnnotatedValues(values);
  }

  /** Whether a predicted text is a form of one of the values. */
  public boolean includes(String predicted) {
    String normal = NormalText.of(predicted);
    return forms.stream().anyMatch(value -> value.contains(normal));
  }

  /**
   * Counts what a prediction got right.
   *
   * @param predicted the texts of the predicted values, in any order
   */
  public Tally tally(Collection<String> predicted) {
    Set<String> found = new HashSet<>();
    predicted.forEach(text -> found.add(NormalText.of(text)));
    found.remove("");
    int right = 0;
    int distinct = found.size();
    for (Set<String> value : forms) {
      int hits = (int) value.stream().filter(found::contains).count();
      if (hits > 0) {
        right++;
        distinct -= hits - 1;
      }
    }
    return new Tally(right, distinct, forms.size());
  }
}
