package dev.holdfast.network;

import dev.holdfast.document.TokenSpan;
import java.util.List;

/**
 * A value that the network finds in a document.
 *
 * @param text the words of the spans with single spaces between them
 * @param confidence probability that this is a value of the field, 0 to 1
 * @param spans the pieces that make it up, in reading order, at least one
 */
public record PredictedValue(String text, double confidence, List<TokenSpan> spans) {
  public PredictedValue {
    spans = List.copyOf(spans);
    if (!(confidence >= 0 && confidence <= 1) || spans.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a confidence from 0 to 1 and at least one span, was %s and %d"
              .formatted(confidence, spans.size()));
    }
  }
}
