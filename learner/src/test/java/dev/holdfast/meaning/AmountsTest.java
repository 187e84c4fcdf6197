package dev.holdfast.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          9.00             |       | 9.00
          12,50            |       | 12.50
          0,125            |       | 0.125
          .50              |       | 0.50
          1,240.00         |       | 1240.00
          1.240,00         |       | 1240.00
          1 240,00         |       | 1240.00
          1\u202f240,00    |       | 1240.00
          1'240.50         |       | 1240.50
          1’240.50         |       | 1240.50
          1,01,480.00      |       | 101480.00
          1,234,567        |       | 1234567
          12.345.678,9     |       | 12345678.9
          ١٬٢٤٠٫٥٠         |       | 1240.50
          (12.50)          |       | -12.50
          ($1,250.00)      | en-US | -1250.00 USD
          12-              |       | -12
          12.50-           |       | -12.50
          −12.50           |       | -12.50
          -$5              | en-US | -5 USD
          $-5              | en-US | -5 USD
          12.00 EUR-       |       | -12.00 EUR
          RM 9.00          |       | 9.00 MYR
          RM9.00           | en    | 9.00 MYR
          Total: RM 9.00   |       | 9.00 MYR
          $5               |       | 5
          $5               | en    | 5
          $5               | en-US | 5 USD
          $5               | en-SG | 5 SGD
          US$5             |       | 5 USD
          $5 USD           |       | 5 USD
          5,- €            |       | 5 EUR
          5.–              |       | 5
          € 50,--          |       | 50 EUR
          50,-- €          | de    | 50 EUR
          50,––            |       | 50
          CHF 12.--        | de-CH | 12 CHF
          kr 100,--        | nb-NO | 100 NOK
          -50,-- €         |       | -50 EUR
          50,-- €-         |       | -50 EUR
          €12,50           |       | 12.50 EUR
          12,50 Euro       | de    | 12.50 EUR
          £3.99            |       | 3.99 GBP
          ¥1,240           |       | 1240
          ¥1,240           | ja    | 1240 JPY
          ￥1,240          | zh-CN | 1240 CNY
          1,240円          |       | 1240 JPY
          129 kr           |       | 129
          129 kr.          | da    | 129 DKK
          129 kr           | sv-SE | 129 SEK
          1 299,00 zł      |       | 1299.00 PLN
          Rs.500           |       | 500
          Rs. 500          | en-IN | 500 INR
          ₹1,24,000.00     |       | 124000.00 INR
          R$ 1.240,00      |       | 1240.00 BRL
          CHF 1'240.50     |       | 1240.50 CHF
          SR 100           | en-SA | 100 SAR
          SR 100           |       | 100
          12.345           | en    | 12345
          12.345           | de    | 12345
          1.240 €          |       | 1240 EUR
          KWD 1.240        | en-KW | 1.240 KWD
          KD 1.240         | ar-KW | 1.240 KWD
          1.240 د.ك        | ar-KW | 1.240 KWD
          1.240            | ar-KW | 1.240
          1.240            | und-KW | 1.240
          ١.٢٤٠            | ar-KW | 1.240
          1,240            | ar-KW | 1240
          BHD 1.240        | ar-BH | 1.240 BHD
          OMR 1.240        | ar-OM | 1.240 OMR
          JOD 1.240        | ar-JO | 1.240 JOD
          1.240            | de    | 1240
          007              |       | 7
          """)
  void oneReading(String printed, String tag, String meant) {
    assertThat(read(printed, tag == null ? "" : tag)).containsExactly(meant);
  }

  @Test
  void oneSeparatorBeforeThreeDigitsIsAmbiguousWhereNothingIsKnown() {
    assertThat(read("30,562", "")).containsExactly("30562", "30.562");
    assertThat(read("KWD 1.240", "")).containsExactly("1240 KWD", "1.240 KWD");
    assertThat(read("30,562", "en-IN")).containsExactly("30562");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,86 m",
        "4.6 years",
        "12.05.2018",
        "951197-1",
        "271093 B",
        "abc",
        "-",
        "()",
        "1.2.3",
        "1,2,3",
        "--5",
        "(5-)",
        "EUR 5 USD",
        "12%",
        "5 5 5",
        "SM/20 - 21/02142",
        ""
      })
  void whatIsNoAmountHasNoReading(String printed) {
    assertThat(read(printed, "en-US")).isEmpty();
  }

  @Test
  void aBareNumberShowsNoAmountThoughItCanBeReadAsOne() {
    assertThat(
            Stream.of("271093", "9", "1.2345")
                .filter(text -> Amounts.shows(text, Locality.UNKNOWN)))
        .isEmpty();
    assertThat(Stream.of("9.00", "30,562", "$9", "9 EUR", "(12.50)"))
        .allMatch(text -> Amounts.shows(text, Locality.UNKNOWN));
  }

  private static List<String> read(String printed, String tag) {
    return ValueKind.AMOUNT.read(printed, Locality.of(tag)).stream()
        .map(Reading.Amount.class::cast)
        .map(
            amount ->
                amount.decimal().toPlainString()
                    + amount.currency().map(code -> " " + code).orElse(""))
        .toList();
  }
}
