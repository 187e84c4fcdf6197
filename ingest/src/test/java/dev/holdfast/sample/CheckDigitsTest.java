package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Against the examples printed in the standards. */
class CheckDigitsTest {
  private static final ReadableZone.Holder SPECIMEN =
      new ReadableZone.Holder(
          "UTO",
          "L898902C3",
          "Eriksson",
          "Anna Maria",
          "F",
          LocalDate.of(1974, 8, 12),
          LocalDate.of(2012, 4, 15),
          "ZE184226B");

  @Test
  void accountNumbersHaveTheirPublishedCheckDigits() {
    assertThat(CheckDigits.iban("GB", "WEST12345698765432")).isEqualTo("82");
    assertThat(CheckDigits.iban("DE", "370400440532013000")).isEqualTo("89");
    assertThat(CheckDigits.iban("FR", "20041010050500013M02606")).isEqualTo("14");
  }

  @Test
  void passportOfTheStandardHasItsLines() {
    assertThat(ReadableZone.passport(SPECIMEN))
        .containsExactly(
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
  }

  @Test
  void cardOfTheStandardHasItsLines() {
    ReadableZone.Holder card =
        new ReadableZone.Holder(
            "UTO",
            "D23145890",
            "Eriksson",
            "Anna Maria",
            "F",
            SPECIMEN.birth(),
            SPECIMEN.expiry(),
            "");

    assertThat(ReadableZone.card(card, 'I'))
        .containsExactly(
            "IDUTOD231458907<<<<<<<<<<<<<<<",
            "7408122F1204159UTO<<<<<<<<<<<6",
            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
  }

  @Test
  void namesAreSpelledInPlainLetters() {
    ReadableZone.Holder holder =
        new ReadableZone.Holder(
            "NVA",
            "A1",
            "O'Dowd-Rößler",
            "Anne-Sophie Käthe",
            "X",
            SPECIMEN.birth(),
            SPECIMEN.expiry(),
            "");

    assertThat(ReadableZone.passport(holder).get(0))
        .isEqualTo("P<NVAODOWD<ROESSLER<<ANNE<SOPHIE<KAETHE<<<<<");
  }
}
