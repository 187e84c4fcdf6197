package dev.holdfast.meaning;

import dev.holdfast.meaning.Locality.Order;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates of the Gregorian calendar as they are printed: numbers in any usual order, names of months
 * and days in any language, a time of day behind or before them, which is dropped.
 *
 * <p>A year of two digits is one of 1969 to 2068, as POSIX has it. Where the place of the year does
 * not show, all orders are readings; what is usual at the document's locality narrows them unless
 * it leaves none.
 */
final class Dates {
  private static final int FIRST_YEAR = 1600;
  private static final int LAST_YEAR = 2199;
  private static final int POSIX_PIVOT = 69;

  private static final Pattern TIME =
      Pattern.compile(
          "(?:(?<=\\d)T| +|^)\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)? ?(?:Z|[+-]\\d{2}:?\\d{2}|[AP]\\.?M\\.?)?(?: +|$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern EAST_ASIAN =
      Pattern.compile("(\\d{4}) ?[年년] ?(\\d{1,2}) ?[月월](?: ?(\\d{1,2}) ?[日号일])?");
  private static final Pattern PARTS = Pattern.compile("\\d+|[\\p{L}\\p{M}]+|[^\\d\\p{L}\\p{M}]+");
  private static final Pattern BETWEEN = Pattern.compile(" ?[/.,'\\-]? ?|[.,] ?['/\\-]? ?");
  private static final Pattern SHORT_DIGITS = Pattern.compile("(\\d{2})(\\d{2})(\\d{2})");
  private static final Pattern YEAR_LAST = Pattern.compile("(\\d{2})(\\d{2})(\\d{4})");
  private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");

  /** Words that stand in dates and say nothing. */
  private static final Set<String> FILLERS =
      Set.of(
          "st", "nd", "rd", "th", "of", "the", "day", "de", "del", "den", "der", "le", "er", "г");

  private Dates() {}

  /** Digits alone may be anything, and so may a year. */
  static boolean shows(String plain, Locality locality) {
    return plain.chars().anyMatch(c -> c < '0' || c > '9') && !read(plain, locality).isEmpty();
  }

  static List<Reading> read(String plain, Locality locality) {
    boolean bracketed = plain.startsWith("(") && plain.endsWith(")");
    String bare = bracketed ? plain.substring(1, plain.length() - 1) : plain;
    String date = TIME.matcher(bare).replaceFirst(" ").strip();
    Matcher eastAsian = EAST_ASIAN.matcher(date);
    if (eastAsian.matches()) {
      return eastAsian.group(3) == null
          ? month(eastAsian.group(2), eastAsian.group(1))
          : readings(
              day(eastAsian.group(1), eastAsian.group(2), eastAsian.group(3)).stream().toList());
    }
    return Parts.of(date, locality.language())
        .map(parts -> parts.months.isEmpty() ? numeric(parts, locality) : withName(parts, locality))
        .orElse(List.of());
  }

  /**
   * What a date is printed with.
   *
   * @param numbers in order, each of digits only
   * @param months that the name of a month can mean; empty when there is no name
   * @param before how many numbers stand before the name
   */
  private record Parts(List<String> numbers, Set<Integer> months, int before) {

    /** Empty when there is anything in it that belongs to no date. */
    static Optional<Parts> of(String date, String language) {
      List<String> numbers = new ArrayList<>();
      String first = "";
      Set<Integer> months = Set.of();
      int before = 0;
      Matcher part = PARTS.matcher(date);
      while (part.find()) {
        String text = part.group();
        if (Character.isDigit(text.charAt(0))) {
          numbers.add(text);
        } else if (!Character.isLetter(text.charAt(0))) {
          if (!BETWEEN.matcher(text).matches()) {
            return Optional.empty();
          }
        } else if (!FILLERS.contains(Printed.folded(text))) {
          Set<Integer> named = MonthNames.months(text, language);
          if (named.isEmpty() && !MonthNames.isDayOfWeek(text, language)) {
            return Optional.empty();
          }
          if (!named.isEmpty()) {
            // "mar. 5 abr. 2024": the first name was that of a day.
            if (!months.isEmpty() && !MonthNames.isDayOfWeek(first, language)) {
              return Optional.empty();
            }
            months = named;
            before = numbers.size();
            first = text;
          }
        }
      }
      return Optional.of(new Parts(numbers, months, before));
    }
  }

  private static List<Reading> withName(Parts parts, Locality locality) {
    List<String> numbers = parts.numbers();
    Set<Reading> readings = new LinkedHashSet<>();
    for (int month : parts.months()) {
      String name = Integer.toString(month);
      if (numbers.size() == 1 && numbers.get(0).length() == 4) {
        readings.addAll(month(name, numbers.get(0)));
      } else if (numbers.size() == 2) {
        readings.addAll(
            readings(
                years(parts, locality).stream()
                    .flatMap(year -> day(numbers.get(year), name, numbers.get(1 - year)).stream())
                    .toList()));
      }
    }
    return List.copyOf(readings);
  }

  /** Which of the two numbers beside the name of a month may be the year. */
  private static List<Integer> years(Parts parts, Locality locality) {
    boolean first = parts.before() > 0 && isYear(parts.numbers().get(0));
    boolean last = isYear(parts.numbers().get(1));
    if (first != last) {
      return List.of(first ? 0 : 1);
    }
    // Where numbers alone have the year first, the name of a month comes in either order.
    boolean either = parts.before() > 0 && locality.orders().equals(Set.of(Order.YEAR_MONTH_DAY));
    return either ? List.of(0, 1) : List.of(1);
  }

  /** Whether a number beside the name of a month can be nothing but the year. */
  private static boolean isYear(String number) {
    return number.length() == 4 || (number.length() == 2 && Integer.parseInt(number) > 31);
  }

  private static List<Reading> numeric(Parts parts, Locality locality) {
    List<String> numbers = parts.numbers();
    if (numbers.size() == 3) {
      return days(numbers, locality);
    }
    if (numbers.size() == 2) {
      boolean yearFirst = numbers.get(0).length() == 4;
      String year = numbers.get(yearFirst ? 0 : 1);
      return year.length() == 4 ? month(numbers.get(yearFirst ? 1 : 0), year) : List.of();
    }
    if (numbers.size() != 1) {
      return List.of();
    }
    String digits = numbers.get(0);
    if (digits.length() == 4) {
      return year(digits)
          .map(y -> List.<Reading>of(new Reading.Date(Year.of(y))))
          .orElse(List.of());
    }
    Set<Reading> readings = new LinkedHashSet<>();
    for (Pattern layout : List.of(YEAR_FIRST, YEAR_LAST, SHORT_DIGITS)) {
      Matcher three = layout.matcher(digits);
      if (three.matches()) {
        readings.addAll(days(List.of(three.group(1), three.group(2), three.group(3)), locality));
      }
    }
    return List.copyOf(readings);
  }

  private static List<Reading> days(List<String> numbers, Locality locality) {
    List<LocalDate> usual = new ArrayList<>();
    List<LocalDate> all = new ArrayList<>();
    Set<Order> orders = EnumSet.copyOf(locality.orders());
    boolean shortYear = numbers.stream().allMatch(number -> number.length() <= 2);
    if (shortYear && !locality.equals(Locality.UNKNOWN) && orders.size() > 1) {
      // Who writes the year first as well as last writes it in full when it comes first.
      orders.remove(Order.YEAR_MONTH_DAY);
    }
    for (Order order : Order.values()) {
      Optional<LocalDate> day = day(numbers, order);
      day.ifPresent(all::add);
      if (orders.contains(order)) {
        day.ifPresent(usual::add);
      }
    }
    return readings(usual.isEmpty() ? all : usual);
  }

  private static Optional<LocalDate> day(List<String> numbers, Order order) {
    String a = numbers.get(0);
    String b = numbers.get(1);
    String c = numbers.get(2);
    return switch (order) {
      case DAY_MONTH_YEAR -> day(c, b, a);
      case MONTH_DAY_YEAR -> day(c, a, b);
      case YEAR_MONTH_DAY -> day(a, b, c);
    };
  }

  private static Optional<LocalDate> day(String year, String month, String day) {
    if (month.length() > 2 || day.length() > 2) {
      return Optional.empty();
    }
    int m = Integer.parseInt(month);
    int d = Integer.parseInt(day);
    // Most orders of a date are none: asking first is many times as fast as an exception.
    return year(year)
        .filter(y -> m >= 1 && m <= 12 && d >= 1 && d <= YearMonth.of(y, m).lengthOfMonth())
        .map(y -> LocalDate.of(y, m, d));
  }

  private static List<Reading> month(String month, String year) {
    int number = month.length() > 2 ? 0 : Integer.parseInt(month);
    return year(year)
        .filter(y -> number >= 1 && number <= 12)
        .map(y -> List.<Reading>of(new Reading.Date(YearMonth.of(y, number))))
        .orElse(List.of());
  }

  private static Optional<Integer> year(String digits) {
    if (digits.length() != 2 && digits.length() != 4) {
      return Optional.empty();
    }
    int number = Integer.parseInt(digits);
    if (digits.length() == 2) {
      return Optional.of(number + (number < POSIX_PIVOT ? 2000 : 1900));
    }
    return Optional.of(number).filter(y -> y >= FIRST_YEAR && y <= LAST_YEAR);
  }

  private static List<Reading> readings(List<LocalDate> days) {
    return new TreeSet<>(days).stream().<Reading>map(Reading.Date::new).toList();
  }
}
