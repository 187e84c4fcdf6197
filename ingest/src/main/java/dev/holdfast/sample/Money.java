package dev.holdfast.sample;

import java.util.List;

/**
 * How one document prints amounts.
 *
 * @param country whose currency and separators
 * @param group between thousands; empty for none
 * @param decimal before the last two digits
 * @param before printed in the same word in front; empty for none
 * @param behind printed as a word of its own after the amount; empty for none
 */
record Money(Country country, String group, String decimal, String before, String behind) {

  /** A style that is used in that country. */
  static Money of(Country country, Dice dice) {
    return switch (country.code()) {
      case "DE", "AT", "BE", "ES" ->
          style(country, dice, dice.pick(List.of(".", ".", "")), ",", List.of("€", "EUR", ""));
      // The non-breaking space comes out of the recognition as a gap between two words.
      case "FR" ->
          style(country, dice, dice.pick(List.of("\u00a0", "")), ",", List.of("€", "EUR", ""));
      default ->
          new Money(
              country,
              dice.chance(0.8) ? "," : "",
              ".",
              dice.chance(0.5) ? symbol(country) : "",
              "");
    };
  }

  private static Money style(
      Country country, Dice dice, String group, String decimal, List<String> behind) {
    return new Money(country, group, decimal, "", dice.pick(behind));
  }

  static String symbol(Country country) {
    return switch (country.code()) {
      case "GB" -> "£";
      case "US", "AU" -> "$";
      default -> "€";
    };
  }

  String currency() {
    return switch (country.code()) {
      case "GB" -> "GBP";
      case "US" -> "USD";
      case "AU" -> "AUD";
      default -> "EUR";
    };
  }

  /** The same without currency, as in the rows of a table. */
  Money bare() {
    return new Money(country, group, decimal, "", "");
  }

  Text print(long cents) {
    return Text.of(digits(cents)).then(behind);
  }

  /** An amount that the gold names. */
  Text print(String field, long cents) {
    return Value.of(field, digits(cents)).print().then(behind);
  }

  private String digits(long cents) {
    String whole = String.valueOf(Math.abs(cents) / 100);
    StringBuilder grouped = new StringBuilder(whole);
    for (int i = whole.length() - 3; i > 0; i -= 3) {
      grouped.insert(i, group);
    }
    String sign = cents < 0 ? "-" : "";
    return sign + before + grouped + decimal + "%02d".formatted(Math.abs(cents) % 100);
  }
}
