package dev.holdfast.document;

import static dev.holdfast.document.DocumentFixtures.AT;
import static dev.holdfast.document.DocumentFixtures.about;
import static dev.holdfast.document.DocumentFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExampleTest {
  private static final FieldName TOTAL = new FieldName("total");
  private static final Document INVOICE = document("inv-77", "TOTAL", "1,240.00", "EUR");
  private static final Example UNKNOWN = Example.unknown(INVOICE);

  @Test
  void fieldThatNobodyNamedIsUnknownAndOneNamedWithoutValuesIsAbsent() {
    Example example = UNKNOWN.with(about(INVOICE).field("total").annotation());

    assertThat(UNKNOWN.taught()).isEmpty();
    assertThat(example.taught()).containsExactly(entry("total", new Mark.Absent()));
  }

  @Test
  void ofTwoStatementsAtOneInstantTheOneThatIsAddedLaterWins() {
    Example example =
        UNKNOWN
            .with(about(INVOICE).field("total", "EUR").annotation())
            .with(about(INVOICE).field("total", "1,240.00").annotation());

    assertThat(example.statements().get(TOTAL).mark().values().get(0).text()).isEqualTo("1,240.00");
  }

  @Test
  void whatAModelSaysIsKnownAndNotTaughtAndReplacesWhatAPersonSaidBefore() {
    Example example =
        UNKNOWN
            .with(about(INVOICE).field("total", "EUR").annotation())
            .with(
                about(INVOICE)
                    .by("", new Source("Model"))
                    .at(AT.plusSeconds(1))
                    .field("total", "1,240.00")
                    .annotation());

    assertThat(example.statements()).containsOnlyKeys(TOTAL);
    assertThat(example.taught()).isEmpty();
  }

  @Test
  void repetitionIsTheSameByTheSameAtAnyTime() {
    Example example = UNKNOWN.with(about(INVOICE).field("total", "EUR").annotation());

    assertThat(repeats(example, about(INVOICE).at(AT.plusSeconds(9)).field("total", "EUR")))
        .isTrue();
    assertThat(repeats(example, about(INVOICE).field("total", "TOTAL"))).isFalse();
    assertThat(repeats(example, about(INVOICE).by("ben", Source.HUMAN).field("total", "EUR")))
        .isFalse();
    assertThat(repeats(example, about(INVOICE).by("ana", Source.IMPORT).field("total", "EUR")))
        .isFalse();
    assertThat(repeats(example, about(INVOICE).field("other"))).isFalse();
  }

  private static boolean repeats(Example example, DocumentFixtures.Said said) {
    return example.with(said.annotation()).repeats(example);
  }

  @Test
  void laterStatementOvertakesAnEarlierOneAboutItsField() {
    Example example = UNKNOWN.with(about(INVOICE).field("total", "EUR").annotation());

    assertThat(example.overtook(about(INVOICE).at(AT.minusSeconds(1)).field("total").annotation()))
        .isTrue();
    assertThat(example.overtook(about(INVOICE).at(AT.minusSeconds(1)).field("other").annotation()))
        .isFalse();
    assertThat(example.overtook(about(INVOICE).field("total").annotation())).isFalse();
  }

  @Test
  void candidatesAreLookedUpAgainInNewerContent() {
    Document twice = document("inv-77", "5", "5");
    Example example = Example.unknown(twice).with(about(twice).field("total", "5").annotation());

    Example moved = example.movedTo(document("inv-77", "x", "5"));

    assertThat(moved.statements().get(TOTAL).mark().values())
        .containsExactly(new FieldValue("5", List.of(new TokenSpan(1, 2))));
  }

  @Test
  void valuesWithoutPlacesKeepTheirText() {
    Example example = UNKNOWN.with(about(INVOICE).field("total", "EUR", 2, 3).annotation());

    assertThat(example.withoutPlaces().statements().get(TOTAL).mark().values())
        .containsExactly(new FieldValue("EUR", List.of()));
  }

  @Test
  void anotherDocumentsAnnotationOrContentIsRefused() {
    Document other = document("inv-78", "TOTAL");

    assertThatThrownBy(() -> UNKNOWN.with(about(other).annotation()))
        .hasMessage("expected an annotation of default/inv-77, was of default/inv-78");
    assertThatThrownBy(() -> UNKNOWN.movedTo(other))
        .hasMessage("expected newer content of default/inv-77, was default/inv-78");
  }

  @Test
  void spanOutsideTheTokensIsRefused() {
    TreeMap<FieldName, Statement> statements = new TreeMap<>();
    FieldValue outside = new FieldValue("x", List.of(new TokenSpan(2, 4)));
    statements.put(TOTAL, new Statement(Mark.of(List.of(outside)), "ana", Source.HUMAN, AT));

    assertThatThrownBy(() -> new Example(INVOICE, statements))
        .hasMessage("document inv-77, field total: expected spans within 3 tokens, was [2, 4)");
  }

  private static Map.Entry<FieldName, Mark> entry(String field, Mark mark) {
    return Map.entry(new FieldName(field), mark);
  }
}
