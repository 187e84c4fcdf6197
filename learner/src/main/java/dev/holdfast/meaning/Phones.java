package dev.holdfast.meaning;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Telephone numbers, by libphonenumber. A number without a country is read only where the region is
 * known: a language is not enough to dial.
 */
final class Phones {
  private static final String NO_REGION = "ZZ";
  private static final Pattern WHOLE =
      Pattern.compile(
          "\\(?\\+?[\\d ().\\-/]{5,30}(?:(?:ext\\.?|extension|x|#) ?\\d{1,7})?",
          Pattern.CASE_INSENSITIVE);

  /** National forms that hardly anything else has: a trunk 0 or brackets, or 3-3-4 digits. */
  private static final Pattern NATIONAL =
      Pattern.compile(
          "0\\d{1,4}[ )./\\-]{1,2}\\d{3,4}[ \\-]?\\d{3,5}"
              + "|\\(0?\\d{1,4}\\) ?\\d{3,4}[ .\\-]?\\d{3,5}"
              + "|\\d{3}[ .\\-]\\d{3}[ .\\-]\\d{4}");

  private Phones() {}

  static boolean shows(String plain, Locality locality) {
    return NATIONAL.matcher(plain).matches()
        || (plain.contains("+") && !read(plain, locality).isEmpty());
  }

  static List<Reading> read(String plain, Locality locality) {
    if (!WHOLE.matcher(plain).matches()) {
      return List.of();
    }
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    try {
      String region = locality.region().isEmpty() ? NO_REGION : locality.region();
      PhoneNumber number = numbers.parse(plain, region);
      return numbers.isValidNumber(number)
          ? List.of(new Reading.Phone(numbers.format(number, PhoneNumberFormat.E164)))
          : List.of();
    } catch (NumberParseException e) {
      return List.of();
    }
  }
}
