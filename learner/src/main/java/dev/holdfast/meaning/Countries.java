package dev.holdfast.meaning;

import com.ibm.icu.text.DisplayContext;
import com.ibm.icu.text.LocaleDisplayNames;
import com.ibm.icu.util.ULocale;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Countries and territories by name in any language, or by their codes of ISO 3166-1. */
final class Countries {
  /** Codes of two and of three letters. */
  private static final Map<String, String> CODES = codes();

  /** Official names in English that are often printed and that ICU does not have. */
  private static final Map<String, String> OFFICIAL =
      Map.ofEntries(
          Map.entry("BO", "Plurinational State of Bolivia"),
          Map.entry("CN", "People's Republic of China"),
          Map.entry("CZ", "Czech Republic"),
          Map.entry("DE", "Federal Republic of Germany"),
          Map.entry("GB", "United Kingdom of Great Britain and Northern Ireland"),
          Map.entry("IN", "Republic of India"),
          Map.entry("IR", "Islamic Republic of Iran"),
          Map.entry("KR", "Republic of Korea"),
          Map.entry("LA", "Lao People's Democratic Republic"),
          Map.entry("MD", "Republic of Moldova"),
          Map.entry("NL", "The Netherlands"),
          Map.entry("RU", "Russian Federation"),
          Map.entry("SY", "Syrian Arab Republic"),
          Map.entry("TZ", "United Republic of Tanzania"),
          Map.entry("US", "United States of America"),
          Map.entry("VE", "Bolivarian Republic of Venezuela"),
          Map.entry("VN", "Viet Nam"));

  private static final NamesByLanguage<String> NAMES = new NamesByLanguage<>(Countries::tell);

  private Countries() {}

  private static Map<String, String> codes() {
    Map<String, String> codes = new HashMap<>();
    for (String alpha2 : ULocale.getISOCountries()) {
      codes.put(alpha2, alpha2);
      codes.put(ULocale.getISO3Country("und_" + alpha2), alpha2);
    }
    codes.remove("");
    return codes;
  }

  private static void tell(ULocale language, BiConsumer<String, String> names) {
    LocaleDisplayNames full = LocaleDisplayNames.getInstance(language);
    LocaleDisplayNames brief =
        LocaleDisplayNames.getInstance(language, DisplayContext.LENGTH_SHORT);
    for (String alpha2 : ULocale.getISOCountries()) {
      tell(full.regionDisplayName(alpha2), alpha2, names);
      tell(brief.regionDisplayName(alpha2), alpha2, names);
    }
    if (language.getLanguage().equals("en")) {
      OFFICIAL.forEach((alpha2, name) -> names.accept(name, alpha2));
    }
  }

  /** A language that has no name for a country gives its code. */
  private static void tell(String name, String alpha2, BiConsumer<String, String> names) {
    if (!name.equals(alpha2)) {
      names.accept(name, alpha2);
    }
  }

  /** By its name in its document's language or in English, or by three letters. */
  static boolean shows(String plain, Locality locality) {
    return plain.length() > 2
        && (code(plain) != null || !NAMES.find(plain, locality.language()).isEmpty());
  }

  static List<Reading> read(String plain, Locality locality) {
    String code = code(plain);
    return code != null
        ? List.of(new Reading.Country(code))
        : NAMES.findAnywhere(plain, locality.language()).stream()
            .<Reading>map(Reading.Country::new)
            .toList();
  }

  /** Codes are printed in capitals; null when it is none. */
  private static String code(String plain) {
    return CODES.get(plain.replace(".", ""));
  }
}
