package dev.holdfast.network;

import java.util.regex.Pattern;

/**
 * What one word looks like, as hashes: its letters, its shape, its ends, and whether it could be an
 * amount or a date. Hashes are 32 bits and depend on the text alone.
 */
final class Word {
  static final int AMOUNT = 1;
  static final int DATE = 2;
  static final int DIGIT = 4;
  static final int COLON = 8;
  static final int COMMA = 16;

  static final int LETTERS = 1;

  private static final int MAX_RUN = 3;
  private static final Pattern DATE_PATTERN =
      Pattern.compile(
          "\\d{1,4}[/\\-.]\\d{1,2}[/\\-.]\\d{2,4}"
              + "|\\d{1,2}[ -]?(JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]*[ -]?\\d{2,4}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern AMOUNT_PATTERN =
      Pattern.compile("[A-Z$€£]{0,3}\\s*\\d{1,3}[,\\d]{0,9}[.,]\\d{2}", Pattern.CASE_INSENSITIVE);

  /** The word in upper case. */
  final int upper;

  /** The word in upper case with every digit as 0. */
  final int folded;

  /**
   * The folded word without the punctuation at its ends; equal to {@link #folded} when nothing is
   * left.
   */
  final int core;

  /** Classes of its characters, runs cut to three. */
  final int shape;

  /** First 2, 3 and 4 and last 2, 3 and 4 characters, folded. */
  final int[] ends;

  /** Sum of {@link #AMOUNT}, {@link #DATE}, {@link #DIGIT}, {@link #COLON} and {@link #COMMA}. */
  final int flags;

  /** Which kinds of characters it has: {@link #LETTERS}, 2 digits, 4 others. */
  final int kinds;

  /** Whether it has a lower-case letter. */
  final boolean lowerCase;

  final int length;

  /** The number it shows when it is an {@link #AMOUNT}, else 0. */
  final double amount;

  /** Hashes of all runs of three characters of the folded word with a mark at each end. */
  final int[] trigrams;

  Word(String text, int maxTrigrams) {
    int n = text.length();
    char[] up = new char[n];
    char[] fold = new char[n];
    int kindsSeen = 0;
    boolean digit = false;
    boolean lower = false;
    for (int i = 0; i < n; i++) {
      char c = Character.toUpperCase(text.charAt(i));
      up[i] = c;
      boolean isDigit = Character.isDigit(c);
      fold[i] = isDigit ? '0' : c;
      digit |= isDigit;
      kindsSeen |= isDigit ? 2 : Character.isLetter(c) ? LETTERS : 4;
      lower |= Character.isLowerCase(text.charAt(i));
    }
    this.lowerCase = lower;
    this.length = n;
    this.kinds = kindsSeen;
    this.upper = Hash.of(up, 0, n);
    this.folded = Hash.of(fold, 0, n);
    this.core = core(fold);
    this.shape = shape(text);
    this.ends =
        new int[] {
          Hash.of(fold, 0, Math.min(2, n)),
          Hash.of(fold, 0, Math.min(3, n)),
          Hash.of(fold, 0, Math.min(4, n)),
          Hash.of(fold, Math.max(0, n - 2), n),
          Hash.of(fold, Math.max(0, n - 3), n),
          Hash.of(fold, Math.max(0, n - 4), n)
        };
    boolean amountLike = digit && AMOUNT_PATTERN.matcher(text).matches();
    this.amount = amountLike ? number(text) : 0;
    this.flags =
        (amountLike ? AMOUNT : 0)
            | (digit && DATE_PATTERN.matcher(text).find() ? DATE : 0)
            | (digit ? DIGIT : 0)
            | (n > 0 && text.charAt(n - 1) == ':' ? COLON : 0)
            | (n > 0 && (text.charAt(n - 1) == ',' || text.charAt(n - 1) == '.') ? COMMA : 0);
    this.trigrams = trigrams(fold, maxTrigrams);
  }

  private static int core(char[] fold) {
    int from = 0;
    int to = fold.length;
    while (from < to && !Character.isLetterOrDigit(fold[from])) {
      from++;
    }
    while (to > from && !Character.isLetterOrDigit(fold[to - 1])) {
      to--;
    }
    return from == to ? Hash.of(fold, 0, fold.length) : Hash.of(fold, from, to);
  }

  private static int shape(String text) {
    int hash = Hash.START;
    char last = 0;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char kind =
          Character.isUpperCase(c)
              ? 'X'
              : Character.isLowerCase(c)
                  ? 'x'
                  : Character.isDigit(c) ? 'd' : Character.isLetter(c) ? 'o' : c;
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run <= MAX_RUN) {
        hash = Hash.add(hash, kind);
      }
    }
    return Hash.finish(hash);
  }

  /**
   * A number in print may group with commas or points; only its size relative to others matters
   * here.
   */
  private static double number(String text) {
    double value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 10);
      if (digit >= 0) {
        value = value * 10 + digit;
      }
    }
    return value / 100;
  }

  private static int[] trigrams(char[] fold, int max) {
    int count = Math.min(max, fold.length);
    int[] hashes = new int[count];
    for (int i = 0; i < count; i++) {
      int hash = Hash.add(Hash.START, i == 0 ? '^' : fold[i - 1]);
      hash = Hash.add(hash, fold[i]);
      hash = Hash.add(hash, i + 1 < fold.length ? fold[i + 1] : '$');
      hashes[i] = Hash.finish(hash);
    }
    return hashes;
  }
}
