package dev.holdfast.meaning;

import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Where a document comes from, as far as it is known: that decides what an ambiguous value means. A
 * language without a region stands for all regions where it is the first language.
 *
 * @param language ISO 639, lower case; empty when it is not known
 * @param region ISO 3166-1 alpha-2; empty when it is not known
 */
public record Locality(String language, String region) {
  /** Anywhere. */
  public static final Locality UNKNOWN = new Locality("", "");

  private static final Set<String> LANGUAGES =
      Arrays.stream(ULocale.getAvailableLocales())
          .map(ULocale::getLanguage)
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> REGIONS = Set.of(ULocale.getISOCountries());

  /** Where dates are printed month first, and where year first; elsewhere the day comes first. */
  private static final Set<String> MONTH_FIRST =
      Set.of("AS", "ER", "GU", "MH", "MP", "PA", "PH", "PR", "UM", "US", "VI");

  private static final Set<String> YEAR_FIRST =
      Set.of(
          "AF", "BT", "CA", "CN", "GL", "HU", "IR", "JP", "KP", "KR", "LK", "LS", "LT", "MG", "MN",
          "NA", "NP", "RW", "SE", "TW", "ZA", "ZW");

  /** No more entries than there are languages and regions. */
  private static final Map<Locality, Customs> CUSTOMS = new ConcurrentHashMap<>();

  /** In which order the parts of a date are printed. */
  enum Order {
    DAY_MONTH_YEAR,
    MONTH_DAY_YEAR,
    YEAR_MONTH_DAY
  }

  /**
   * What is usual at a place.
   *
   * @param orders of dates; all of them when nothing is known
   * @param currencies ISO 4217; empty when nothing is known
   */
  private record Customs(Set<Order> orders, Set<String> currencies) {}

  /**
   * The locality that a BCP 47 tag names; parts that are unknown or cannot be read are left empty.
   */
  public static Locality of(String tag) {
    Locale locale;
    try {
      locale = new Locale.Builder().setLanguageTag(tag.replace('_', '-')).build();
    } catch (IllformedLocaleException e) {
      return UNKNOWN;
    }
    return new Locality(
        LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "",
        REGIONS.contains(locale.getCountry()) ? locale.getCountry() : "");
  }

  /** This with what it leaves open filled in. */
  public Locality orElse(Locality other) {
    return new Locality(
        language.isEmpty() ? other.language : language, region.isEmpty() ? other.region : region);
  }

  /** Orders of dates that are usual here; all of them when nothing is known. */
  Set<Order> orders() {
    return customs().orders();
  }

  /** The currencies of these regions; empty when nothing is known. */
  Set<String> currencies() {
    return customs().currencies();
  }

  private Customs customs() {
    return CUSTOMS.computeIfAbsent(this, Locality::find);
  }

  private Customs find() {
    Set<Order> orders = EnumSet.noneOf(Order.class);
    Set<String> currencies = new TreeSet<>();
    for (String here : regions()) {
      orders.add(order(here));
      Currency currency = Currency.getInstance(new ULocale("und_" + here));
      if (currency != null) {
        currencies.add(currency.getCurrencyCode());
      }
    }
    return new Customs(orders.isEmpty() ? EnumSet.allOf(Order.class) : orders, currencies);
  }

  private Set<String> regions() {
    if (!region.isEmpty()) {
      return Set.of(region);
    }
    return language.isEmpty()
        ? Set.of()
        : REGIONS.stream()
            .filter(here -> mainLocale(here).getLanguage().equals(language))
            .collect(Collectors.toSet());
  }

  static Order order(String region) {
    if (MONTH_FIRST.contains(region)) {
      return Order.MONTH_DAY_YEAR;
    }
    return YEAR_FIRST.contains(region) ? Order.YEAR_MONTH_DAY : Order.DAY_MONTH_YEAR;
  }

  /** A region with the language that most people there read. */
  static ULocale mainLocale(String region) {
    return ULocale.addLikelySubtags(new ULocale("und_" + region));
  }
}
