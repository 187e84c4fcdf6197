package dev.holdfast.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ValueKindTest {
  private static final Locality MALAYSIA = Locality.of("en-MY");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          +60 3-7846 1622        |    | +60378461622
          03-7846 1622           | MY | +60378461622
          (03) 7846-1622         | MY | +60378461622
          Tel: 03-78461622       | MY | +60378461622
          (212) 555-0147         | US | +12125550147
          212.555.0147 ext. 12   | US | +12125550147
          020 7946 0958          | GB | +442079460958
          00 44 20 7946 0958     | DE | +442079460958
          +49 (0)30 901820       |    | +4930901820
          """)
  void phonesHaveTheirE164Form(String printed, String region, String e164) {
    Locality locality = region == null ? Locality.UNKNOWN : Locality.of("und-" + region);

    assertThat(ValueKind.PHONE.read(printed, locality)).containsExactly(new Reading.Phone(e164));
  }

  @ParameterizedTest
  @CsvSource({"03-7846 1622", "212 555 0147", "call 03-7846 1622", "+1", "+60 3-7846", "9.00"})
  void aPhoneWithoutACountryOrWithTooFewDigitsHasNoReading(String printed) {
    assertThat(ValueKind.PHONE.read(printed, Locality.of("en"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Ana.Smith@Example.COM, Ana.Smith@example.com",
    "<ana@example.com>, ana@example.com",
    "Email: ana+tag@mail.example.co.uk, ana+tag@mail.example.co.uk",
    "mailto:ana@example.com, ana@example.com",
    "info@bücher.example, info@xn--bcher-kva.example"
  })
  void anAddressHasItsDomainInLowerCaseAscii(String printed, String address) {
    assertThat(ValueKind.EMAIL.read(printed, Locality.UNKNOWN))
        .containsExactly(new Reading.Email(address));
  }

  @ParameterizedTest
  @CsvSource({"ana@example", "ana at example.com", "@example.com", "a..b@example.com", "ana@-.com"})
  void whatCannotBeMailedHasNoReading(String printed) {
    assertThat(ValueKind.EMAIL.read(printed, Locality.UNKNOWN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Malaysia, MY",
    "MALAYSIA, MY",
    "MYS, MY",
    "MY, MY",
    "Deutschland, DE",
    "Allemagne, DE",
    "Alemania, DE",
    "ドイツ, DE",
    "ألمانيا, DE",
    "Côte d’Ivoire, CI",
    "Cote d'Ivoire, CI",
    "U.S.A., US",
    "USA, US",
    "UK, GB",
    "United States of America, US",
    "the Netherlands, NL",
    "Viet Nam, VN",
    "Country: France, FR"
  })
  void countriesAreFoundByNameAndByCode(String printed, String code) {
    assertThat(ValueKind.COUNTRY.read(printed, Locality.UNKNOWN))
        .containsExactly(new Reading.Country(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          25/06/18                | DATE
          3 April 2024            | DATE
          20240403                | TEXT
          RM 9.00                 | AMOUNT
          1,01,480.00             | AMOUNT
          271093                  | TEXT
          1,86 m                  | TEXT
          +60 3-7846 1622         | PHONE
          03-7846 1622            | PHONE
          (212) 555-0147          | PHONE
          1166051331              | TEXT
          123-45-6789             | TEXT
          ana@example.com         | EMAIL
          Germany                 | COUNTRY
          DEU                     | COUNTRY
          MY                      | TEXT
          SM/20 - 21/02142        | TEXT
          New York                | TEXT
          """)
  void aTextShowsItsKindOrNone(String printed, ValueKind kind) {
    assertThat(ValueKind.shown(printed, Locality.UNKNOWN)).isEqualTo(kind);
  }

  @ParameterizedTest
  @EnumSource
  void textIsEmptyOrTooLongForNoKind(ValueKind kind) {
    assertThat(kind.read("", MALAYSIA)).isEmpty();
    assertThat(kind.read(" ", MALAYSIA)).isEmpty();
    assertThat(kind.read("1".repeat(100_000), MALAYSIA)).isEmpty();
  }

  @Property(seed = "1", tries = 500)
  void anyTextCanBeReadAsAnyKind(
      @ForAll("texts") String text, @ForAll ValueKind kind, @ForAll("tags") String tag) {
    List<Reading> readings = kind.read(text, Locality.of(tag));

    assertThat(readings).doesNotHaveDuplicates();
    assertThat(kind.read(text, Locality.of(tag))).isEqualTo(readings);
  }

  @Property(seed = "1", tries = 500)
  void whatShowsAKindCanBeReadSomewhere(@ForAll("texts") String text) {
    ValueKind shown = ValueKind.shown(text, Locality.UNKNOWN);

    assertThat(
            shown == ValueKind.TEXT
                || shown == ValueKind.PHONE
                || !shown.read(text, Locality.UNKNOWN).isEmpty())
        .isTrue();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.strings().withChars("0123456789.,-/()+ :'@$€RMEURapril年月日٣").ofMaxLength(24));
  }

  @Provide
  Arbitrary<String> tags() {
    return Arbitraries.of("", "en", "en-US", "de-CH", "ar-KW", "ja", "nonsense", "-");
  }
}
