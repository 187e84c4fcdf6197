package dev.holdfast.meaning;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * What kind of thing the values of a field are. Which one a field has is declared, or told from
 * what was annotated.
 *
 * <p>Both ways of looking at a text are functions of it and of pinned libraries' data alone, cost
 * at most linear in its length, throw on no text, and are thread-safe. Names of months and
 * countries are loaded when they are first looked up.
 */
public enum ValueKind {
  DATE(Dates::shows, Dates::read),
  AMOUNT(Amounts::shows, Amounts::read),
  PHONE(Phones::shows, Phones::read),
  EMAIL(Emails::shows, Emails::read),
  COUNTRY(Countries::shows, Countries::read),

  /** Means nothing but what it says. */
  TEXT((text, locality) -> false, (text, locality) -> List.of());

  private static final int MAX_LENGTH = 200;

  private final BiPredicate<String, Locality> shows;
  private final BiFunction<String, Locality, List<Reading>> read;

  ValueKind(BiPredicate<String, Locality> shows, BiFunction<String, Locality, List<Reading>> read) {
    this.shows = shows;
    this.read = read;
  }

  /**
   * The kind that a text shows by itself, with nothing known about its field. Strict: {@code
   * 20240403} is a date if its field holds dates, and shows nothing.
   */
  public static ValueKind shown(String text, Locality locality) {
    Optional<String> printed = printed(text);
    return printed.isEmpty()
        ? TEXT
        : Stream.of(EMAIL, DATE, AMOUNT, PHONE, COUNTRY)
            .filter(kind -> kind.shows.test(printed.get(), locality))
            .findFirst()
            .orElse(TEXT);
  }

  /**
   * Everything that a text of this kind can mean at a place, each reading once; nothing when it
   * cannot be read to its last character.
   */
  public List<Reading> read(String text, Locality locality) {
    return printed(text).map(plain -> read.apply(plain, locality)).orElse(List.of());
  }

  /** The text with plain characters and without a label before it, unless it is too long. */
  private static Optional<String> printed(String text) {
    return text.isEmpty() || text.length() > MAX_LENGTH
        ? Optional.empty()
        : Optional.of(Printed.withoutLabel(Printed.plain(text)));
  }
}
