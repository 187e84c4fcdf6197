package dev.holdfast.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.DateFormat;
import com.ibm.icu.text.SimpleDateFormat;
import com.ibm.icu.util.ULocale;
import dev.holdfast.meaning.Locality.Order;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalityTest {

  @ParameterizedTest
  @CsvSource({
    "en-MY, en, MY",
    "en_US, en, US",
    "EN, en, ''",
    "zh-Hant-TW, zh, TW",
    "und-MY, '', MY",
    "'', '', ''",
    "not a tag, '', ''",
    "xx-QQ, '', ''"
  })
  void aLocalityTakesFromATagWhatItKnows(String tag, String language, String region) {
    assertThat(Locality.of(tag)).isEqualTo(new Locality(language, region));
  }

  @Test
  void whatADocumentLeavesOpenIsFilledIn() {
    Locality collection = Locality.of("ms-MY");

    assertThat(Locality.of("en").orElse(collection)).isEqualTo(Locality.of("en-MY"));
    assertThat(Locality.of("en-US").orElse(collection)).isEqualTo(Locality.of("en-US"));
    assertThat(Locality.UNKNOWN.orElse(collection)).isEqualTo(collection);
  }

  @Test
  void aLanguageStandsForAllRegionsWhereItComesFirst() {
    assertThat(Locality.of("de").orders()).containsExactly(Order.DAY_MONTH_YEAR);
    assertThat(Locality.of("de").currencies()).containsExactlyInAnyOrder("CHF", "EUR");
    assertThat(Locality.of("en").orders()).containsExactlyInAnyOrder(Order.values());
    assertThat(Locality.UNKNOWN.orders()).containsExactlyInAnyOrder(Order.values());
  }

  /** ICU takes seconds to tell the orders of all regions, so they are written down. */
  @Test
  void ordersAreThoseOfIcu() {
    Set<ULocale> known = Set.of(ULocale.getAvailableLocales());

    assertThat(Arrays.stream(ULocale.getISOCountries()))
        .filteredOn(region -> known.contains(shortened(Locality.mainLocale(region))))
        .hasSizeGreaterThan(200)
        .allSatisfy(
            region ->
                assertThat(Locality.order(region))
                    .as(region)
                    .isEqualTo(order(Locality.mainLocale(region))));
  }

  private static ULocale shortened(ULocale locale) {
    return new ULocale(locale.getLanguage(), locale.getCountry());
  }

  private static Order order(ULocale locale) {
    DateFormat format = DateFormat.getDateInstance(DateFormat.SHORT, locale);
    String pattern = ((SimpleDateFormat) format).toPattern();
    int month = pattern.toUpperCase(Locale.ROOT).indexOf('M');
    if (pattern.indexOf('y') < month) {
      return Order.YEAR_MONTH_DAY;
    }
    return month < pattern.indexOf('d') ? Order.MONTH_DAY_YEAR : Order.DAY_MONTH_YEAR;
  }
}
