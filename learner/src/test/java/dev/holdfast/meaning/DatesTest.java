package dev.holdfast.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2024-04-03                       | 2024-04-03
          2024/4/3                         | 2024-04-03
          2024.04.03.                      | 2024-04-03
          25/12/2024                       | 2024-12-25
          12/25/2024                       | 2024-12-25
          25.12.2024                       | 2024-12-25
          04/04/2024                       | 2024-04-04
          05 05 2004                       | 2004-05-05
          20240403                         | 2024-04-03
          31121999                         | 1999-12-31
          3 Apr 2024                       | 2024-04-03
          03APR2024                        | 2024-04-03
          3-Apr-24                         | 2024-04-03
          23-Sep-20                        | 2020-09-23
          Sept. 5, 1999                    | 1999-09-05
          April 3, 2024                    | 2024-04-03
          April 3rd, 2024                  | 2024-04-03
          the 3rd day of April, 2024       | 2024-04-03
          Wed, 3 April 2024                | 2024-04-03
          2024 April 3                     | 2024-04-03
          3. April 2024                    | 2024-04-03
          3 de abril de 2024               | 2024-04-03
          1er août 2023                    | 2023-08-01
          12 mei 2021                      | 2021-05-12
          3 апреля 2024 г.                 | 2024-04-03
          ٣ أبريل ٢٠٢٤                     | 2024-04-03
          2024年4月3日                     | 2024-04-03
          2024년 4월 3일                   | 2024-04-03
          2024-04-03T10:15:30Z             | 2024-04-03
          25/12/2018 8:13:39 PM            | 2018-12-25
          10:15 25/12/2018                 | 2018-12-25
          (25/12/2018)                     | 2018-12-25
          Date: 25/12/2018                 | 2018-12-25
          20/11/69                         | 1969-11-20
          April 2024                       | 2024-04
          04/2024                          | 2024-04
          2024-04                          | 2024-04
          2015                             | 2015
          """)
  void oneReading(String printed, String iso) {
    assertThat(read(printed, "")).containsExactly(iso);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          03/04/2024  |       | 2024-03-04 2024-04-03
          03/04/2024  | en    | 2024-03-04 2024-04-03
          03/04/2024  | en-US | 2024-03-04
          03/04/2024  | en-MY | 2024-04-03
          03/04/2024  | ms-MY | 2024-04-03
          03/04/2024  | de    | 2024-04-03
          03.04.2024  |       | 2024-03-04 2024-04-03
          25/12/2024  | en-US | 2024-12-25
          25/06/18    |       | 2018-06-25 2025-06-18
          25/06/18    | en    | 2018-06-25
          06/07/18    | en    | 2018-06-07 2018-07-06
          06/07/18    | en-GB | 2018-07-06
          24/04/03    | ja    | 2024-04-03
          24-04-03    | sv-SE | 2024-04-03
          03-04-24    | hu    | 2003-04-24
          3 listopada 2024 | pl | 2024-11-03
          3 listopada 2024 | hr | 2024-10-03
          3 listopada 2024 |    | 2024-10-03 2024-11-03
          5 mar. 2024      | es | 2024-03-05
          mar. 5 abr. 2024 | es | 2024-04-05
          19 MAYIS 2024    | tr    | 2024-05-19
          19 Mayıs 2024    | tr    | 2024-05-19
          10 KASIM 2024    | tr    | 2024-11-10
          31 ARALIK 2024   |       | 2024-12-31
          23 NİSAN 2024    | tr    | 2024-04-23
          15 April 2024    | en-CA | 2024-04-15
          15 April 2024    | en-ZA | 2024-04-15
          15 april 2024    | sv-SE | 2024-04-15
          15 April 2024    | ja    | 2024-04-15
          2024 April 15    | ja    | 2024-04-15
          April 15, 24     | en-CA | 2024-04-15
          15 Apr 85        | en-CA | 1985-04-15
          85 Apr 15        | en-ZA | 1985-04-15
          3 Apr 24         | sv-SE | 2024-04-03
          15 Apr 24        | en-CA | 2015-04-24 2024-04-15
          15 Apr 24        | en-ZA | 2015-04-24 2024-04-15
          15 apr 24        | sv-SE | 2015-04-24 2024-04-15
          15 Apr 24        | ja    | 2015-04-24 2024-04-15
          15 Apr 24        | en    | 2024-04-15
          """)
  void whatIsAmbiguousHasAllReadingsUnlessTheLocalityDecides(
      String printed, String tag, String iso) {
    assertThat(read(printed, tag == null ? "" : tag)).isEqualTo(List.of(iso.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "30/02/2024",
    "00/00/0000",
    "32.13.2024",
    "3/15/202",
    "3 April May 2024",
    "4 years",
    "August 2003 December 2007",
    "09/09/20-09/15/20",
    "RM 9.00",
    "Jan",
    "3 Apr",
    "19.09.1970 Cork",
    "12345",
    "7/4/2024/1"
  })
  void whatIsNoSingleDateHasNoReading(String printed) {
    assertThat(read(printed, "")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"en-CA", "en-ZA", "sv-SE", "ja"})
  void aDateInWordsShowsOneWhereDatesInNumbersHaveTheYearFirst(String tag) {
    assertThat(Dates.shows("15 April 2024", Locality.of(tag))).isTrue();
  }

  @Test
  void digitsAloneShowNoDateThoughTheyCanBeReadAsOne() {
    assertThat(
            Stream.of("20240403", "030424", "2015")
                .filter(text -> Dates.shows(text, Locality.UNKNOWN)))
        .isEmpty();
    assertThat(Stream.of("2024-04-03", "25/06/18", "3 Apr 2024", "04/2024"))
        .allMatch(text -> Dates.shows(text, Locality.UNKNOWN));
  }

  private static List<String> read(String printed, String tag) {
    return ValueKind.DATE.read(printed, Locality.of(tag)).stream()
        .map(reading -> ((Reading.Date) reading).iso8601())
        .toList();
  }
}
