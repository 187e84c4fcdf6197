package dev.holdfast.sample;

import java.util.List;

/**
 * Somebody who does not exist.
 *
 * @param female which given names
 * @param given names
 * @param family name
 */
record Person(boolean female, String given, String family) {
  static Person of(Dice dice) {
    String language = dice.pick(List.of("en", "en", "en", "de", "fr", "es"));
    return speaking(language, dice);
  }

  static Person speaking(String language, Dice dice) {
    boolean female = dice.chance(0.5);
    List<String> names = Vocabulary.words("given." + language + (female ? ".f" : ".m"));
    String given = String.join(" ", dice.some(names, dice.chance(0.3) ? 2 : 1));
    List<String> families =
        dice.some(Vocabulary.words("family." + language), dice.chance(0.12) ? 2 : 1);
    String family = String.join(language.equals("es") ? " " : "-", families);
    return new Person(female, given, family);
  }

  String name() {
    return given + " " + family;
  }

  /** An address under the reserved {@code .example}. */
  String email(Dice dice) {
    String first = letters(given.split(" ", -1)[0]);
    String last = letters(family);
    String user =
        dice.pick(
            List.of(
                first + "." + last,
                first.charAt(0) + last,
                first + dice.between(1, 99),
                last + "." + first));
    String host = dice.pick(List.of("mail", "post", "inbox", "webmail", "letters", "postbox"));
    return user + "@" + host + ".example";
  }

  private static String letters(String name) {
    return Company.plain(name).replaceAll("[^a-z]", "");
  }
}
