package dev.holdfast.document;

import java.util.Locale;

/**
 * What is left of a text for comparing: letters and digits in upper case. Two values are the same
 * value when this is the same, however they are printed.
 */
public final class NormalText {
  private NormalText() {}

  /** Letters and digits of {@code text} in upper case; empty when there are none. */
  public static String of(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    int length = upper.length();
    StringBuilder kept = new StringBuilder(length);
    for (int i = 0; i < length; ) {
      int c = upper.codePointAt(i);
      if (alphanumeric(c)) {
        kept.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    return kept.toString();
  }

  /** Letters and every character that stands for a number, so fractions and superscripts too. */
  private static boolean alphanumeric(int c) {
    int type = Character.getType(c);
    return Character.isLetterOrDigit(c)
        || type == Character.OTHER_NUMBER
        || type == Character.LETTER_NUMBER;
  }
}
