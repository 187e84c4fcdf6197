package dev.holdfast.network;

import java.lang.Character.UnicodeScript;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Where a word as it is printed holds two things without a space between them: after a label's
 * colon, at brackets, at a comma or stroke between letters, and around a dash between two dates or
 * two amounts. What holds together by its form, such as a date, a number, a time, an address on the
 * web or a hyphenated word, is left whole.
 *
 * <p>Chinese and Japanese are written without spaces: there every ideograph and every mark stands
 * for itself, and so does each run of one kind of kana, of letters or of digits.
 */
final class Seams {
  private static final Pattern RANGED =
      Pattern.compile("\\d{1,4}[/.]\\d{1,2}([/.]\\d{2,4})?|\\p{Sc}?\\d[\\d,]*[.,]\\d{2}");
  private static final String DASHES = "-–—~";
  private static final int[] NONE = {};

  /** The first of the characters of writing without spaces, and of some others. */
  private static final char EAST_ASIAN = '\u2e80';

  private static final char LONG_VOWEL = '\u30fc';

  /** What a character is in writing without spaces; the first two never hold together. */
  private enum Kind {
    IDEOGRAPH,
    MARK,
    HIRAGANA,
    KATAKANA,
    OTHER
  }

  private Seams() {}

  /** Where to cut, ascending, each more than 0 and less than the length; not to be changed. */
  static int[] of(String text) {
    if (isPlain(text)) {
      return NONE;
    }
    boolean eastAsian = text.chars().anyMatch(c -> c >= EAST_ASIAN);
    if ((text.length() < 3 && !eastAsian) || text.contains("://") || text.indexOf('@') >= 0) {
      return NONE;
    }
    int dash = dash(text);
    return IntStream.range(1, text.length())
        .filter(
            i ->
                i == dash
                    || i == dash + 1
                    || isSeam(text, i)
                    || (eastAsian && isEastAsianSeam(text, i)))
        .toArray();
  }

  /** Whether it is of Latin letters and digits alone, as most words are: beside these is no cut. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isEastAsianSeam(String text, int i) {
    if (Character.isSurrogatePair(text.charAt(i - 1), text.charAt(i))
        || text.charAt(i) == LONG_VOWEL) {
      return false;
    }
    Kind before = kind(text.codePointBefore(i));
    Kind after = kind(text.codePointAt(i));
    return before != after || before == Kind.IDEOGRAPH || before == Kind.MARK;
  }

  private static Kind kind(int c) {
    boolean isFullWidthMark = "\uff08\uff09\uff1a\uff1b\uff3b\uff3d\uff5b\uff5d".indexOf(c) >= 0;
    if (isFullWidthMark || (c >= 0x3001 && c <= 0x303f && !Character.isLetterOrDigit(c))) {
      return Kind.MARK;
    }
    UnicodeScript script = UnicodeScript.of(c);
    if (script == UnicodeScript.HAN) {
      return Kind.IDEOGRAPH;
    }
    if (script == UnicodeScript.HIRAGANA) {
      return Kind.HIRAGANA;
    }
    return script == UnicodeScript.KATAKANA || c == LONG_VOWEL ? Kind.KATAKANA : Kind.OTHER;
  }

  private static boolean isSeam(String text, int i) {
    char before = text.charAt(i - 1);
    char after = text.charAt(i);
    boolean said = Character.isLetterOrDigit(after) || isCurrency(after);
    return switch (before) {
      case ':', '=', ';' -> said && Character.isLetter(text.charAt(Math.max(0, i - 2)));
      case ')', ']' -> said;
      case ',', '/', '|', '&', '+' ->
          Character.isLetter(after) && i > 1 && Character.isLetter(text.charAt(i - 2));
      default -> (after == '(' || after == '[') && Character.isLetterOrDigit(before);
    };
  }

  private static boolean isCurrency(char c) {
    return Character.getType(c) == Character.CURRENCY_SYMBOL;
  }

  /** Where a dash parts two dates or two amounts, or −2. */
  private static int dash(String text) {
    for (int i = 1; i + 1 < text.length(); i++) {
      if (DASHES.indexOf(text.charAt(i)) >= 0
          && RANGED.matcher(text.substring(0, i)).matches()
          && RANGED.matcher(text.substring(i + 1)).matches()) {
        return i;
      }
    }
    return -2;
  }
}
