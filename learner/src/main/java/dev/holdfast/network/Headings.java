package dev.holdfast.network;

/**
 * The heading that each line stands under: the last line before it, or itself, that looks like one
 * – at most four words with a letter, all capitals or ending in a colon.
 */
final class Headings {
  private static final int MAX_WORDS = 4;
  private static final int NONE = 0;

  /** Hash of the heading of each line; 0 before the first. */
  final int[] of;

  /** Lines since the heading. */
  final int[] distance;

  Headings(Lines lines, Word[] words) {
    of = new int[lines.count()];
    distance = new int[lines.count()];
    int heading = NONE;
    int last = 0;
    for (int line = 0; line < lines.count(); line++) {
      if (isHeading(lines, words, line)) {
        heading = hash(lines, words, line);
        last = line;
      }
      of[line] = heading;
      distance[line] = line - last;
    }
  }

  private static boolean isHeading(Lines lines, Word[] words, int line) {
    int length = lines.length(line);
    if (length > MAX_WORDS) {
      return false;
    }
    boolean letter = false;
    boolean capitals = true;
    for (int place = 0; place < length; place++) {
      Word word = words[lines.token(line, place)];
      letter |= (word.kinds & Word.LETTERS) != 0;
      capitals &= !word.lowerCase;
    }
    boolean colon = (words[lines.token(line, length - 1)].flags & Word.COLON) != 0;
    return letter && (capitals || colon);
  }

  private static int hash(Lines lines, Word[] words, int line) {
    int hash = 1;
    for (int place = 0; place < lines.length(line); place++) {
      hash = Hash.in(hash, words[lines.token(line, place)].core);
    }
    return hash;
  }
}
