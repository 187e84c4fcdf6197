package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.document.Token;
import dev.holdfast.sample.SampleStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RenamingTest {
  private final LabelledDocument old = new SampleStream(1).at(0);
  private final LabelledDocument renamed = new Renaming("-7", new SplittableRandom(1)).of(old);

  @Test
  void namesAreNew() {
    assertThat(renamed.document().type()).isEqualTo(old.document().type() + "-7");
    assertThat(renamed.annotation().marks().keySet())
        .extracting(Object::toString)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            old.annotation().marks().keySet().stream().map(field -> field + "-7").toList());
  }

  @Test
  void lettersAreOthersAndAllElseStays() {
    List<Token> before = old.document().tokens();
    List<Token> after = renamed.document().tokens();
    assertThat(after).hasSameSizeAs(before);
    int changed = 0;
    for (int i = 0; i < before.size(); i++) {
      assertThat(shape(after.get(i).text())).isEqualTo(shape(before.get(i).text()));
      assertThat(after.get(i).box()).isEqualTo(before.get(i).box());
      changed += after.get(i).text().equals(before.get(i).text()) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }

  @Test
  void valuesStandWhereTheyStoodInTheNewLetters() {
    List<Mark> marks = new ArrayList<>(renamed.annotation().marks().values());
    assertThat(marks).anySatisfy(mark -> assertThat(mark.values()).isNotEmpty());
    for (Mark mark : marks) {
      mark.values().stream()
          .filter(value -> value.spans().size() == 1)
          .forEach(
              value -> assertThat(renamed.document().text(value.spans())).isEqualTo(value.text()));
    }
  }

  @Test
  void theSameSeedGivesTheSameType() {
    assertThat(new Renaming("-7", new SplittableRandom(1)).of(old)).isEqualTo(renamed);
    assertThat(new Renaming("-7", new SplittableRandom(2)).of(old)).isNotEqualTo(renamed);
  }

  private static String shape(String text) {
    return text.replaceAll("[AEIOU]", "^")
        .replaceAll("[aeiou]", "_")
        .replaceAll("[A-Z]", "+")
        .replaceAll("[a-z]", "-");
  }
}
