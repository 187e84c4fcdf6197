package dev.holdfast.meaning;

import com.ibm.icu.text.DecimalFormatSymbols;
import com.ibm.icu.util.ULocale;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sums of money as they are printed: grouped by points, commas, spaces or apostrophes, in threes or
 * the Indian way, with a currency on either side, and negative by a sign on either side or by
 * brackets.
 *
 * <p>One separator before three digits, as in {@code 1.240}, may group or may begin the fraction.
 * It begins no fraction where no currency that can be meant has three decimals; else what is usual
 * at the document's locality decides, and where nothing is known both are readings.
 */
final class Amounts {
  /** Only after no letter: the point of {@code Rs.500} is not the number's. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?<before>\\D*?)(?<number>(?:(?<!\\p{L})[.,])?\\d(?:[\\d.,' \u066b\u066c]*\\d)?)"
              + "(?:[.,]-{0,2})?(?<after>\\D*)");

  private static final Pattern PLAIN = Pattern.compile("\\d+");
  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:(?<sign>[.,' \u066c])\\d{3})(?:\\k<sign>\\d{3})*");
  private static final Pattern INDIAN = Pattern.compile("\\d{1,2}(?:,\\d{2})+,\\d{3}");
  private static final Pattern FRACTION =
      Pattern.compile("(?<whole>.*?)(?<point>[.,\u066b])(?<fraction>\\d+)");
  private static final Pattern TWO_DECIMALS = Pattern.compile(".*\\d[.,]\\d{2}");

  private Amounts() {}

  /**
   * What is printed.
   *
   * @param negative whether it has one sign or brackets
   * @param around it, of which each is blank or a currency
   */
  private record Printing(boolean negative, String number, List<String> around) {

    /** Empty when it has no number, several, or a sign too many. */
    static Optional<Printing> of(String plain) {
      boolean bracketed = plain.startsWith("(") && plain.endsWith(")");
      Matcher parts = PARTS.matcher(bracketed ? plain.substring(1, plain.length() - 1) : plain);
      if (!parts.matches()) {
        return Optional.empty();
      }
      List<String> around = List.of(parts.group("before").strip(), parts.group("after").strip());
      int signs = bracketed ? 1 : 0;
      List<String> currencies = new ArrayList<>();
      for (String text : around) {
        boolean first = text.startsWith("-");
        boolean last = text.length() > 1 && text.endsWith("-");
        signs += (first ? 1 : 0) + (last ? 1 : 0);
        currencies.add(text.substring(first ? 1 : 0, text.length() - (last ? 1 : 0)).strip());
      }
      return signs > 1
          ? Optional.empty()
          : Optional.of(new Printing(signs == 1, parts.group("number"), currencies));
    }
  }

  /** A currency, two decimals or groups; a bare number may be anything. */
  static boolean shows(String plain, Locality locality) {
    Optional<Printing> printing = Printing.of(plain);
    if (printing.isEmpty() || read(plain, locality).isEmpty()) {
      return false;
    }
    String number = printing.get().number();
    boolean groups = number.indexOf(',') > 0 && isGrouped(number);
    boolean currency = printing.get().around().stream().anyMatch(text -> !text.isEmpty());
    return currency || groups || TWO_DECIMALS.matcher(number).matches();
  }

  static List<Reading> read(String plain, Locality locality) {
    return Printing.of(plain)
        .flatMap(
            printing ->
                Money.of(printing.around(), locality)
                    .map(money -> readings(printing, money, locality)))
        .orElse(List.of());
  }

  private static List<Reading> readings(Printing printing, Money money, Locality locality) {
    List<Reading> readings = new ArrayList<>();
    for (BigDecimal number : numbers(printing.number(), money, locality)) {
      BigDecimal signed = printing.negative() ? number.negate() : number;
      readings.add(new Reading.Amount(signed, money.told()));
    }
    return readings;
  }

  /**
   * The currency beside a number.
   *
   * @param told it, if it can be told
   * @param possible all that it can be; empty when it can be any
   */
  private record Money(Optional<String> told, Set<String> possible) {

    /** Empty when something else than a currency stands there. */
    static Optional<Money> of(List<String> around, Locality locality) {
      Optional<String> told = Optional.empty();
      Set<String> possible = Set.of();
      for (String symbol : around) {
        if (symbol.isEmpty()) {
          continue;
        }
        Set<String> candidates = Currencies.candidates(symbol);
        Set<String> both = new TreeSet<>(candidates);
        if (!possible.isEmpty()) {
          both.retainAll(possible);
        }
        if (both.isEmpty()) {
          return Optional.empty();
        }
        possible = both;
        Optional<String> here = Currencies.told(symbol, both, locality);
        told = here.isPresent() ? here : told;
      }
      Set<String> meant = told.map(Set::of).orElse(possible);
      return Optional.of(new Money(told, meant.isEmpty() ? locality.currencies() : meant));
    }

    boolean mayHaveThreeDecimals() {
      return possible.isEmpty() || possible.stream().anyMatch(code -> Currencies.digits(code) == 3);
    }
  }

  private static List<BigDecimal> numbers(String printed, Money money, Locality locality) {
    if (PLAIN.matcher(printed).matches()) {
      return List.of(new BigDecimal(printed));
    }
    Optional<BigDecimal> grouped =
        isGrouped(printed) ? Optional.of(new BigDecimal(digits(printed))) : Optional.empty();
    Optional<BigDecimal> fraction = fraction(printed);
    if (grouped.isEmpty() || fraction.isEmpty()) {
      return grouped.or(() -> fraction).stream().toList();
    }
    if (!money.mayHaveThreeDecimals()) {
      return List.of(grouped.get());
    }
    if (!locality.region().isEmpty()) {
      char point = point(locality);
      return List.of(printed.indexOf(point) >= 0 ? fraction.get() : grouped.get());
    }
    return List.of(grouped.get(), fraction.get());
  }

  /** A leading zero groups nothing. */
  private static boolean isGrouped(String printed) {
    return !printed.startsWith("0")
        && (GROUPED.matcher(printed).matches() || INDIAN.matcher(printed).matches());
  }

  /** The number whose last separator begins its fraction, if the rest is a whole number. */
  private static Optional<BigDecimal> fraction(String printed) {
    Matcher parts = FRACTION.matcher(printed);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String whole = parts.group("whole");
    boolean wholeNumber = whole.isEmpty() || PLAIN.matcher(whole).matches() || isGrouped(whole);
    return wholeNumber && !whole.contains(parts.group("point"))
        ? Optional.of(new BigDecimal("0" + digits(whole) + "." + parts.group("fraction")))
        : Optional.empty();
  }

  private static String digits(String printed) {
    return printed.replaceAll("\\D", "");
  }

  /**
   * What stands before a fraction beside digits that may also be grouped by it: a point or a comma,
   * also where the digits of the language have signs of their own.
   */
  private static char point(Locality locality) {
    String tag =
        locality.language().isEmpty()
            ? "und_" + locality.region()
            : locality.language() + "_" + locality.region();
    ULocale locale = ULocale.addLikelySubtags(new ULocale(tag));
    return DecimalFormatSymbols.getInstance(locale.setKeywordValue("numbers", "latn"))
        .getDecimalSeparator();
  }
}
