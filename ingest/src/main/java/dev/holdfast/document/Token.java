package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

/**
 * A word as it is printed.
 *
 * @param text at least one character
 * @param box where it stands on its page
 * @param page index of its page, from 0
 * @param line number of its line, from 0, counted over the page or over the document
 */
public record Token(String text, Box box, int page, int line) {
  public Token {
    requireNonNull(box, "box is null");
    if (text.isEmpty() || page < 0 || line < 0) {
      throw new IllegalArgumentException(
          "expected a text, page >= 0 and line >= 0, was %d characters, page %d, line %d"
              .formatted(text.length(), page, line));
    }
  }
}
