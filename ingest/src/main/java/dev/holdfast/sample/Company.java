package dev.holdfast.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/**
 * A company that does not exist, and how to reach it.
 *
 * @param name with its legal form
 * @param trading the name without it
 * @param country where it is
 * @param address of its office
 * @param domain of its e-mail, under the reserved {@code .example}
 */
record Company(
    String name, String trading, Country country, Country.Address address, String domain) {

  /** One that sells goods or services. */
  static Company in(Country country, Dice dice) {
    return in(country, dice.chance(0.5) ? "goods" : "service", dice);
  }

  /**
   * One of a trade.
   *
   * @param trade {@code goods} or {@code service}
   */
  static Company in(Country country, String trade, Dice dice) {
    String language = country.language();
    String root = root(language, dice);
    String legal = dice.word(country.code() + ".legal");
    String trading = join(language, root, dice.word(trade + "." + language), dice);
    return new Company(
        trading + " " + legal, trading, country, country.address(dice), domain(root));
  }

  /** A shop, whose name often has no legal form. */
  static Company shop(Country country, String trade, Dice dice) {
    String root = root("en", dice);
    String name = root + " " + dice.word("shop." + trade);
    if (dice.chance(0.3)) {
      name =
          dice.pick(
              List.of("The " + name, dice.word("family.en") + "'s " + dice.word("shop." + trade)));
    } else if (dice.chance(0.35)) {
      name = name + " " + dice.word(country.code() + ".legal");
    }
    return new Company(name, name, country, country.address(dice), domain(root));
  }

  private static String root(String language, Dice dice) {
    List<String> families = dice.some(Vocabulary.words("family." + language), 2);
    List<String> roots = dice.some(Vocabulary.words("root." + language), 2);
    return switch (dice.between(0, 9)) {
      case 0, 1 -> families.get(0);
      case 2 -> String.join(" & ", families);
      case 3, 4 -> String.join(language.equals("en") ? " " : "-", roots);
      default -> roots.get(0);
    };
  }

  private static String join(String language, String root, String trade, Dice dice) {
    return switch (language) {
      case "de" ->
          dice.chance(0.4) && !root.contains(" ") ? root + "-" + trade : root + " " + trade;
      case "fr", "es" -> dice.chance(0.5) ? trade + " " + root : root + " " + trade;
      default -> root + " " + trade;
    };
  }

  private static String domain(String root) {
    return plain(root).replace("&", "and").replaceAll("[^a-z]+", "-") + ".example";
  }

  /** In lower case without accents. */
  static String plain(String text) {
    return Normalizer.normalize(
            text.toLowerCase(Locale.ROOT).replace("ß", "ss"), Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "");
  }
}
