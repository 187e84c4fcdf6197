package dev.holdfast.meaning;

import com.ibm.icu.util.Currency;
import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * What stands for a currency: its ISO 4217 code, its symbols and its name in the languages of its
 * regions, as ICU has them. Many currencies share a symbol, {@code $} more than twenty.
 */
final class Currencies {
  private static final int[] STYLES = {Currency.SYMBOL_NAME, Currency.NARROW_SYMBOL_NAME};
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

  /** In print they stand for these too, though in ICU they do not. */
  private static final Map<String, Set<String>> ALSO =
      Map.of(
          "rs", Set.of("INR", "NPR"),
          "sr", Set.of("SAR"),
          "dh", Set.of("AED", "MAD"),
          "dhs", Set.of("AED", "MAD"),
          "kd", Set.of("KWD"),
          "bd", Set.of("BHD"),
          "le", Set.of("EGP"),
          "s$", Set.of("SGD"),
          "c$", Set.of("CAD"),
          "元", Set.of("CNY", "TWD"));

  private static final Map<String, Set<String>> BY_SYMBOL = bySymbol();

  /** Whether it is a code of ICU's, which is slow to say; no more than words of three letters. */
  private static final Map<String, Boolean> CODES = new ConcurrentHashMap<>();

  /** Symbols that mean one currency wherever nobody says otherwise, such as {@code £}. */
  private static final Map<String, String> INTERNATIONAL = international();

  private Currencies() {}

  private static Map<String, Set<String>> bySymbol() {
    Map<String, Set<String>> symbols = new HashMap<>();
    ALSO.forEach((symbol, codes) -> symbols.put(symbol, new TreeSet<>(codes)));
    for (String region : ULocale.getISOCountries()) {
      ULocale locale = Locality.mainLocale(region);
      Currency currency = Currency.getInstance(locale);
      if (currency != null) {
        for (int style : STYLES) {
          add(symbols, currency.getName(locale, style, null), currency);
        }
        String plural = currency.getName(locale, Currency.PLURAL_LONG_NAME, "other", null);
        add(symbols, plural, currency);
      }
    }
    symbols.remove("");
    return symbols;
  }

  private static void add(Map<String, Set<String>> symbols, String name, Currency currency) {
    symbols
        .computeIfAbsent(folded(name), symbol -> new TreeSet<>())
        .add(currency.getCurrencyCode());
  }

  private static Map<String, String> international() {
    Map<String, String> symbols = new HashMap<>();
    for (Currency currency : Currency.getAvailableCurrencies()) {
      String symbol = folded(currency.getSymbol(ULocale.ROOT));
      if (BY_SYMBOL.containsKey(symbol)) {
        symbols.put(symbol, currency.getCurrencyCode());
      }
    }
    return symbols;
  }

  private static String folded(String symbol) {
    String plain = Printed.plain(symbol).toLowerCase(Locale.ROOT);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** Every currency that a symbol, code or name can stand for; none when it is no such thing. */
  static Set<String> candidates(String symbol) {
    if (isCode(symbol)) {
      return Set.of(symbol);
    }
    return BY_SYMBOL.getOrDefault(folded(symbol), Set.of());
  }

  private static boolean isCode(String symbol) {
    return CODE.matcher(symbol).matches()
        && CODES.computeIfAbsent(symbol, code -> Currency.isAvailable(code, null, null));
  }

  /** The one of the candidates that a symbol means at a place, if that can be told. */
  static Optional<String> told(String symbol, Set<String> candidates, Locality locality) {
    if (candidates.size() == 1 && !isSingleLetter(symbol)) {
      return candidates.stream().findFirst();
    }
    Set<String> own = new TreeSet<>(candidates);
    own.retainAll(locality.currencies());
    return own.size() == 1
        ? own.stream().findFirst()
        : Optional.ofNullable(INTERNATIONAL.get(folded(symbol)));
  }

  private static boolean isSingleLetter(String symbol) {
    String folded = folded(symbol);
    return folded.length() == 1 && folded.charAt(0) >= 'a' && folded.charAt(0) <= 'z';
  }

  /** Digits after the point that amounts of a currency have, as a rule: 0 to 4. */
  static int digits(String code) {
    return Currency.getInstance(code).getDefaultFractionDigits();
  }
}
