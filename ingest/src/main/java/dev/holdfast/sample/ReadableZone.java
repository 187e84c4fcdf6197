package dev.holdfast.sample;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/** The machine readable lines of passports (TD3) and cards (TD1), ICAO 9303 parts 4 and 5. */
final class ReadableZone {
  private ReadableZone() {}

  /**
   * Who and what the lines are about.
   *
   * @param state three capital letters
   * @param number of the document, nine letters and digits
   * @param family name as printed
   * @param given names as printed
   * @param sex M, F or X
   * @param birth date
   * @param expiry date
   * @param personal number, possibly empty
   */
  record Holder(
      String state,
      String number,
      String family,
      String given,
      String sex,
      LocalDate birth,
      LocalDate expiry,
      String personal) {}

  /** Two lines of 44 characters. */
  static List<String> passport(Holder holder) {
    String first = pad("P<" + holder.state() + names(holder), 44);
    String number = checked(pad(holder.number(), 9));
    String birth = checked(six(holder.birth()));
    String expiry = checked(six(holder.expiry()));
    String personal = checked(pad(holder.personal(), 14));
    int all = CheckDigits.zone(number + birth + expiry + personal);
    return List.of(first, number + holder.state() + birth + sex(holder) + expiry + personal + all);
  }

  /** Three lines of 30 characters. */
  static List<String> card(Holder holder, char kind) {
    String upper = checked(pad(holder.number(), 9)) + pad(holder.personal(), 15);
    String birth = checked(six(holder.birth()));
    String expiry = checked(six(holder.expiry()));
    int all = CheckDigits.zone(upper + birth + expiry + "<".repeat(11));
    String second = birth + sex(holder) + expiry + holder.state() + "<".repeat(11) + all;
    return List.of(kind + "D" + holder.state() + upper, second, pad(names(holder), 30));
  }

  private static String sex(Holder holder) {
    return holder.sex().equals("X") ? "<" : holder.sex();
  }

  private static String checked(String part) {
    return part + CheckDigits.zone(part);
  }

  private static String six(LocalDate date) {
    return "%02d%02d%02d"
        .formatted(date.getYear() % 100, date.getMonthValue(), date.getDayOfMonth());
  }

  private static String names(Holder holder) {
    return letters(holder.family()) + "<<" + letters(holder.given());
  }

  private static String pad(String text, int length) {
    return (text + "<".repeat(length)).substring(0, length);
  }

  /** The name in A to Z with &lt; between its parts. */
  private static String letters(String name) {
    String spelled =
        name.toUpperCase(Locale.ROOT)
            .replace("Ä", "AE")
            .replace("Ö", "OE")
            .replace("Ü", "UE")
            .replace("'", "");
    return Normalizer.normalize(spelled, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .replaceAll("[^A-Z]+", "<");
  }
}
