package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.sample.SampleStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WrongLabelsTest {
  private static final LabelledDocument RIGHT = new SampleStream(1).at(0);

  @Test
  void eachFieldGetsWhatIsSaidOfTheNextOne() {
    SortedMap<FieldName, Mark> right = new TreeMap<>(RIGHT.annotation().marks());
    SortedMap<FieldName, Mark> wrong = WrongLabels.of(RIGHT).taught();
    List<FieldName> fields = new ArrayList<>(right.keySet());

    assertThat(fields).hasSizeGreaterThan(1);
    assertThat(wrong.keySet()).containsExactlyElementsOf(fields);
    for (int i = 0; i < fields.size(); i++) {
      assertThat(texts(wrong.get(fields.get(i))))
          .isEqualTo(texts(right.get(fields.get((i + 1) % fields.size()))));
    }
  }

  @Test
  void itIsSaidBySomebodyWhoCanBeBlamed() {
    Example wrong = WrongLabels.of(RIGHT);

    assertThat(wrong.statements().values())
        .allSatisfy(said -> assertThat(said.annotator()).isEqualTo(WrongLabels.ANNOTATOR));
  }

  private static List<String> texts(Mark mark) {
    return mark.values().stream().map(value -> value.text()).toList();
  }
}
