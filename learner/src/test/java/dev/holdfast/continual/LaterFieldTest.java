package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.NetworkFixtures;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.process.SettingsReader;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A field that is first named when its document has long been learned. */
class LaterFieldTest {
  private static final FieldName LATER = new FieldName("never_named_before");

  /** Of the subtotal, which the slips say nothing of. */
  private static final TokenSpan SUBTOTAL = new TokenSpan(7, 8);

  private final ContinualLearner learner =
      new ContinualLearner(
          LearningSettings.from(
              new SettingsReader(
                  Map.of(
                      "t.learning.idle-rehearsals", "10",
                      "t.learning.youth-rehearsals", "40"),
                  "t")));

  @Test
  void aFieldThatARememberedDocumentIsTheFirstToNameIsLearned() {
    Example slip = NetworkFixtures.slip(0);
    learn(slip);
    assertThat(found(slip)).doesNotContainKey(LATER);

    learn(withSubtotal(slip));

    assertThat(found(slip))
        .containsEntry(LATER, List.of(subtotal(slip)))
        .containsKeys(NetworkFixtures.NUMBER, NetworkFixtures.TOTAL);
  }

  private void learn(Example example) {
    learner.learn(List.of(example), 0);
    while (learner.wantsRehearsal()) {
      learner.learn(List.of(), 0);
    }
  }

  private static String subtotal(Example slip) {
    return slip.document().text(List.of(SUBTOTAL));
  }

  private static Example withSubtotal(Example slip) {
    SortedMap<FieldName, Mark> marks = new TreeMap<>(slip.taught());
    marks.put(LATER, Mark.of(List.of(new FieldValue(subtotal(slip), List.of(SUBTOTAL)))));
    return Example.taught(slip.document(), marks);
  }

  /** What a version of now finds in a document. */
  private SortedMap<FieldName, List<String>> found(Example example) {
    SortedMap<FieldName, List<String>> found = new TreeMap<>();
    try (Extractor extractor = new Extractor(learner.weights())) {
      extractor
          .extract(example.document())
          .fields()
          .forEach(
              (field, values) ->
                  found.put(field, values.stream().map(PredictedValue::text).toList()));
    }
    return found;
  }
}
