package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.meaning.ValueKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FieldTest {
  private final Field field = new Field(new FieldName("due"), 0, 0, 0);

  @Test
  void aFewValuesTellTheirKind() {
    count("25/06/18", "14 MAY 2018");
    assertThat(field.kind()).isEqualTo(ValueKind.TEXT);

    count("05-JAN-2017");
    assertThat(field.kind()).isEqualTo(ValueKind.DATE);
  }

  @Test
  void aThirdOfTheValuesMayShowAnother() {
    count("RM 9.00", "20.90", "9 only");
    assertThat(field.kind()).isEqualTo(ValueKind.AMOUNT);

    count("none");
    assertThat(field.kind()).isEqualTo(ValueKind.TEXT);
  }

  @Test
  void absenceShowsNoKind() {
    count("RM 9.00", "20.90", "1,240.00");
    for (int i = 0; i < 10; i++) {
      field.count(Mark.of(List.of()), "");
    }
    assertThat(field.kind()).isEqualTo(ValueKind.AMOUNT);
  }

  @Test
  void namesAreLookedUpInTheDocumentsLanguage() {
    Stream.of("Deutschland", "Frankreich", "Polen")
        .forEach(name -> field.count(mark(name), "de-AT"));

    assertThat(field.kind()).isEqualTo(ValueKind.COUNTRY);
  }

  @Test
  void countsComeBackAsTheyWere() {
    count("ana@example.com", "ben@example.com", "eva@example.com");
    Field read = new Field(new FieldName("due"), 0, 0, 0);
    read.counts(field.counts(), 0);

    assertThat(read.counts()).hasSize(Field.COUNTS).isEqualTo(field.counts());
    assertThat(read.kind()).isEqualTo(ValueKind.EMAIL);
  }

  private void count(String... values) {
    Stream.of(values).forEach(value -> field.count(mark(value), ""));
  }

  private static Mark mark(String value) {
    return Mark.of(List.of(new FieldValue(value, List.of())));
  }
}
