package dev.holdfast.network;

import dev.holdfast.document.Box;
import dev.holdfast.document.Document;
import dev.holdfast.document.Token;
import java.util.Arrays;

/**
 * The lines of a document: tokens that share page and line number, lines in page order, tokens in
 * reading order.
 */
final class Lines {
  /** Index of each token's line. */
  final int[] lineOf;

  /** Place of each token within its line, from 0. */
  final int[] placeOf;

  /** Token indices line by line; line l is {@code tokens[start[l] … start[l + 1])}. */
  final int[] tokens;

  final int[] start;

  Lines(Document document) {
    int n = document.tokens().size();
    // Page and line above, token index below: one sort orders lines and keeps reading order within
    // them.
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      Token token = document.tokens().get(i);
      long line = Math.min(token.line(), (1 << 24) - 1);
      long page = Math.min(token.page(), (1 << 15) - 1);
      keys[i] = page << 48 | line << 24 | i;
    }
    Arrays.sort(keys);
    lineOf = new int[n];
    placeOf = new int[n];
    tokens = new int[n];
    int[] starts = new int[n + 1];
    int lines = 0;
    for (int k = 0; k < n; k++) {
      if (k == 0 || keys[k] >>> 24 != keys[k - 1] >>> 24) {
        starts[lines++] = k;
      }
      int i = (int) (keys[k] & 0xffffff);
      tokens[k] = i;
      lineOf[i] = lines - 1;
      placeOf[i] = k - starts[lines - 1];
    }
    starts[lines] = n;
    start = Arrays.copyOf(starts, lines + 1);
  }

  /**
   * For each token the one on another line whose middle is horizontally nearest, or −1 where that
   * line does not exist. One pass over both lines, which are taken to run in one direction.
   *
   * @param step to the other line: −1 above, 1 below
   */
  int[] nearest(Document document, int step) {
    int[] nearest = new int[tokens.length];
    for (int line = 0; line < count(); line++) {
      int place = 0;
      for (int k = start[line]; k < start[line + 1]; k++) {
        int i = tokens[k];
        while (token(line + step, place + 1) >= 0
            && apart(document, i, token(line + step, place + 1))
                <= apart(document, i, token(line + step, place))) {
          place++;
        }
        nearest[i] = token(line + step, place);
      }
    }
    return nearest;
  }

  private static int apart(Document document, int i, int j) {
    Box one = document.tokens().get(i).box();
    Box other = document.tokens().get(j).box();
    return Math.abs(one.x0() + one.x1() - other.x0() - other.x1());
  }

  int count() {
    return start.length - 1;
  }

  int length(int line) {
    return start[line + 1] - start[line];
  }

  /** The token at a place of a line, or −1 when the line or the place does not exist. */
  int token(int line, int place) {
    return line < 0 || line >= count() || place < 0 || place >= length(line)
        ? -1
        : tokens[start[line] + place];
  }
}
