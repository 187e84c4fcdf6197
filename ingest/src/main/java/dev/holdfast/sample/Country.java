package dev.holdfast.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How a country writes addresses, dates and numbers.
 *
 * @param code two capital letters, as in the vocabulary
 * @param language of what is printed there
 */
record Country(String code, String language) {
  static final List<Country> ENGLISH =
      List.of(
          new Country("GB", "en"),
          new Country("US", "en"),
          new Country("GB", "en"),
          new Country("IE", "en"),
          new Country("AU", "en"));
  static final List<Country> OTHERS =
      List.of(
          new Country("DE", "de"),
          new Country("FR", "fr"),
          new Country("ES", "es"),
          new Country("DE", "de"),
          new Country("AT", "de"),
          new Country("FR", "fr"),
          new Country("BE", "fr"),
          new Country("ES", "es"));

  /**
   * Where somebody is.
   *
   * @param street with the number
   * @param place town and postal code
   */
  record Address(String street, String place) {}

  Address address(Dice dice) {
    String street = dice.word(code + ".street");
    String way = dice.word(code + ".way");
    int number = dice.chance(0.85) ? dice.between(1, 99) : dice.between(100, 980);
    String[] town = dice.word(code + ".town").split(",", -1);
    String postal = dice.fill(town[1]);
    return switch (code) {
      case "US" ->
          new Address(
              (number * 7 + 100) + " " + street + " " + way + suite(dice), town[0] + ", " + postal);
      case "DE", "AT" -> new Address(german(street, way) + " " + number, postal + " " + town[0]);
      case "FR" ->
          new Address(
              number + dice.pick(List.of(" ", ", ", " ", " bis ")) + way + " " + street,
              postal + " " + upper(dice, town[0]));
      case "BE" -> new Address(way + " " + street + " " + number, postal + " " + town[0]);
      case "ES" ->
          new Address(
              way + " " + street + dice.pick(List.of(", ", " ", " nº ")) + number,
              postal + " " + town[0]);
      default ->
          new Address(
              unit(dice) + number + " " + street + " " + way,
              town[0] + dice.pick(List.of(" ", ", ")) + postal);
    };
  }

  /** A town's name without its postal code. */
  String town(Dice dice) {
    return dice.word(code + ".town").split(",", -1)[0];
  }

  private static String german(String street, String way) {
    return street.equals("Ring") ? "Ringstraße" : street + way;
  }

  private static String upper(Dice dice, String town) {
    return dice.chance(0.5) ? town.toUpperCase(Locale.ROOT) : town;
  }

  private static String unit(Dice dice) {
    return dice.chance(0.2)
        ? dice.fill(dice.pick(List.of("Unit %, ", "Unit %#, ", "Suite %, ")))
        : "";
  }

  private static String suite(Dice dice) {
    return dice.chance(0.25)
        ? dice.fill(dice.pick(List.of(" Suite %##", " Ste %##", ", Unit %")))
        : "";
  }

  String phone(Dice dice) {
    return dice.filled(code + ".phone");
  }

  String mobile(Dice dice) {
    return dice.filled(code + ".mobile");
  }

  String vat(Dice dice) {
    return dice.filled(code + ".vat");
  }

  boolean hasIban() {
    return Vocabulary.has(code + ".iban");
  }

  /** An account number with right check digits, without spaces. */
  String iban(Dice dice) {
    String[] parts = dice.word(code + ".iban").split(",", -1);
    String account = dice.fill(parts[1]);
    return parts[0] + CheckDigits.iban(parts[0], account) + account;
  }

  String datePattern(Dice dice) {
    return dice.word(code + ".date");
  }

  /** The date in a pattern of D, DD, M, MM, YY, YYYY, MON and MONTH. */
  String print(LocalDate date, String pattern) {
    int month = date.getMonthValue() - 1;
    return pattern
        .replace("MONTH", "{0}")
        .replace("MON", "{1}")
        .replace("YYYY", String.valueOf(date.getYear()))
        .replace("YY", "%02d".formatted(date.getYear() % 100))
        .replace("DD", "%02d".formatted(date.getDayOfMonth()))
        .replaceFirst("D(?!\\w)", String.valueOf(date.getDayOfMonth()))
        .replace("MM", "%02d".formatted(month + 1))
        .replaceFirst("M(?!\\w)", String.valueOf(month + 1))
        .replace("{0}", Vocabulary.words("month." + language).get(month))
        .replace("{1}", Vocabulary.words("mon." + language).get(month));
  }

  /** Whether shops add the tax to their prices instead of including it. */
  boolean addsTax() {
    return code.equals("US");
  }

  /** Rates of the tax on sales there, in tenths of a percent, the usual one first. */
  List<Integer> taxRates() {
    return switch (code) {
      case "GB" -> List.of(200, 50);
      case "FR", "AT" -> List.of(200, 100);
      case "IE" -> List.of(230, 135);
      case "AU" -> List.of(100);
      case "DE" -> List.of(190, 70);
      case "BE", "ES" -> List.of(210, 100);
      case "US" -> List.of(83, 65, 70, 78);
      default -> throw new AssertionError(code);
    };
  }
}
