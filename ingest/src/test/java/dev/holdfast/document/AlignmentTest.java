package dev.holdfast.document;

import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  @Test
  void valueIsFoundHoweverItIsPrinted() {
    assertThat(located("1240.00", "TOTAL", "1,240.00")).isEqualTo(at("1240.00", 1, 2));
    assertThat(located("acme inc", "ACME,", "Inc.")).isEqualTo(at("acme inc", 0, 2));
    assertThat(located("05012026", "05", "/", "01", "/", "2026")).isEqualTo(at("05012026", 0, 5));
  }

  @Test
  void valueInSeveralPlacesHasThemAsCandidates() {
    assertThat(located("EUR", "EUR", "5", "EUR"))
        .isEqualTo(
            new FieldValue("EUR", List.of(), List.of(new TokenSpan(0, 1), new TokenSpan(2, 3))));
  }

  @Test
  void valueInVeryManyPlacesHasNone() {
    String[] words = Collections.nCopies(60, "0").toArray(String[]::new);

    assertThat(located("0", words)).isEqualTo(new FieldValue("0", List.of()));
  }

  @Test
  void valueThatIsNotPrintedHasNoPlace() {
    assertThat(located("7", "TOTAL", "77")).isEqualTo(new FieldValue("7", List.of()));
    assertThat(located("TOTA", "TOTAL")).isEqualTo(new FieldValue("TOTA", List.of()));
    assertThat(located("---", "---")).isEqualTo(new FieldValue("---", List.of()));
  }

  @Test
  void placeThatWasGivenIsKept() {
    Example example =
        Example.unknown(document("a", "5", "5"))
            .with(about(document("a")).field("total", "5", 1, 2).annotation());

    assertThat(example.statements().get(new FieldName("total")).mark().values())
        .containsExactly(at("5", 1, 2));
  }

  private static FieldValue located(String value, String... words) {
    Document document = document("a", words);
    return Example.unknown(document)
        .with(about(document).field("f", value).annotation())
        .statements()
        .get(new FieldName("f"))
        .mark()
        .values()
        .get(0);
  }

  private static FieldValue at(String text, int start, int end) {
    return new FieldValue(text, List.of(new TokenSpan(start, end)));
  }
}
