package dev.holdfast.document;

/**
 * A run of tokens in one document, half-open, in reading order.
 *
 * @param start index of the first token, from 0
 * @param end one past the last token, greater than {@code start}
 */
public record TokenSpan(int start, int end) {
  public TokenSpan {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "expected 0 <= start < end, was [%d, %d)".formatted(start, end));
    }
  }

  /** Whether the two share a token. */
  public boolean overlaps(TokenSpan other) {
    return start < other.end && other.start < end;
  }
}
