package dev.holdfast.document;

import java.util.List;

/**
 * One value of a field, as an annotator gave it.
 *
 * @param text as it was given, which may differ from what is printed
 * @param spans the pieces that make it up, in reading order; empty when its place is not known
 * @param candidates other places where it stands word for word when {@code spans} is empty: one of
 *     them is meant, nobody said which
 */
public record FieldValue(String text, List<TokenSpan> spans, List<TokenSpan> candidates) {
  public FieldValue {
    spans = List.copyOf(spans);
    candidates = List.copyOf(candidates);
    if (text.isEmpty()) {
      throw new IllegalArgumentException("expected a text, was empty");
    }
    if (!spans.isEmpty() && !candidates.isEmpty()) {
      throw new IllegalArgumentException(
          "expected spans or candidates, was %d spans and %d candidates"
              .formatted(spans.size(), candidates.size()));
    }
  }

  /** A value with its pieces, or of unknown place when there are none. */
  public FieldValue(String text, List<TokenSpan> spans) {
    this(text, spans, List.of());
  }
}
