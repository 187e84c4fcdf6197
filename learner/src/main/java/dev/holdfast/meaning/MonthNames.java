package dev.holdfast.meaning;

import com.ibm.icu.text.DateFormatSymbols;
import com.ibm.icu.util.GregorianCalendar;
import com.ibm.icu.util.ULocale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** Names of months and days of the week in every language, full and short, however inflected. */
final class MonthNames {
  private static final int[] CONTEXTS = {DateFormatSymbols.FORMAT, DateFormatSymbols.STANDALONE};
  private static final int[] WIDTHS = {DateFormatSymbols.WIDE, DateFormatSymbols.ABBREVIATED};

  /** Stands among the months for any day of the week. */
  private static final int DAY = 0;

  private static final NamesByLanguage<Integer> NAMES = new NamesByLanguage<>(MonthNames::tell);

  private MonthNames() {}

  /** The months that a word can name, from 1. */
  static Set<Integer> months(String word, String language) {
    return NAMES.findAnywhere(word, language).stream()
        .filter(month -> month != DAY)
        .collect(Collectors.toSet());
  }

  static boolean isDayOfWeek(String word, String language) {
    return NAMES.findAnywhere(word, language).contains(DAY);
  }

  private static void tell(ULocale language, BiConsumer<String, Integer> names) {
    DateFormatSymbols symbols = new DateFormatSymbols(GregorianCalendar.class, language);
    for (int context : CONTEXTS) {
      for (int width : WIDTHS) {
        String[] months = symbols.getMonths(context, width);
        for (int i = 0; i < months.length; i++) {
          tell(months[i], i + 1, names);
        }
        for (String day : symbols.getWeekdays(context, width)) {
          tell(day, DAY, names);
        }
      }
    }
    if (language.getLanguage().equals("en")) {
      names.accept("sept", 9);
    }
  }

  /** A few languages number their months: digits are no names. */
  private static void tell(String name, int month, BiConsumer<String, Integer> names) {
    String plain = Printed.plain(name);
    if (plain.chars().noneMatch(c -> c >= '0' && c <= '9')) {
      names.accept(plain, month);
    }
  }
}
