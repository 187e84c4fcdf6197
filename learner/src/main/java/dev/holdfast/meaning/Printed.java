package dev.holdfast.meaning;

import java.text.Normalizer;
import java.util.Locale;

/** Printed characters made plain, so that what means the same is the same. */
final class Printed {
  private static final char FIRST_COMBINING = '\u0300';
  private static final char LAST_COMBINING = '\u036f';
  private static final int MINUS = 0x2212;
  private static final int DOTLESS_I = '\u0131';

  private Printed() {}

  /**
   * Digits of every script as ASCII, full-width forms narrow, every dash {@code -}, every space
   * {@code ' '}, every apostrophe {@code '}; characters that print nothing fall out.
   */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(plain, c));
    return plain.toString().strip();
  }

  private static void append(StringBuilder plain, int c) {
    int type = Character.getType(c);
    if (type == Character.DECIMAL_DIGIT_NUMBER) {
      plain.append((char) ('0' + Character.digit(c, 10)));
    } else if (c >= 0xff00 && c <= 0xffef) {
      plain.append(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC));
    } else if (type == Character.DASH_PUNCTUATION || c == MINUS) {
      plain.append('-');
    } else if (type == Character.SPACE_SEPARATOR || Character.isWhitespace(c)) {
      plain.append(' ');
    } else if (c == '\u2019' || c == '\u2018' || c == '\u02bc') {
      plain.append('\'');
    } else if (type != Character.FORMAT && type != Character.CONTROL) {
      plain.appendCodePoint(c);
    }
  }

  /** What follows the first colon when no digit stands before it. */
  static String withoutLabel(String plain) {
    int colon = plain.indexOf(':');
    boolean label = colon >= 0 && plain.chars().limit(colon).noneMatch(c -> c >= '0' && c <= '9');
    return label ? plain.substring(colon + 1).strip() : plain;
  }

  /**
   * Letters, their marks and digits in lower case, without accents: for looking up names. The
   * Turkish ı is an i, since its capital is the I of all languages.
   */
  static String folded(String text) {
    String apart = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(apart.length());
    apart
        .codePoints()
        .filter(c -> (c < FIRST_COMBINING || c > LAST_COMBINING) && ofWord(c))
        .map(c -> c == DOTLESS_I ? 'i' : c)
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }

  private static boolean ofWord(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }
}
