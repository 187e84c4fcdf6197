package dev.holdfast.extraction;

import dev.holdfast.document.Document;
import dev.holdfast.document.Token;
import dev.holdfast.document.TokenSpan;
import dev.holdfast.meaning.Reading;
import dev.holdfast.network.PredictedValue;
import java.util.ArrayList;
import java.util.List;

/**
 * One value of a field as a model version found it: what it says, how sure that is, and where it
 * stands.
 *
 * @param text the words of the spans with single spaces between them
 * @param normalized what that means, whichever way it is printed; empty when its field holds plain
 *     text or it cannot be read; several readings when it is ambiguous
 * @param confidence probability that this is a value of the field, 0 to 1; held, as it is written,
 *     to the nearest ten-thousandth
 * @param spans the tokens that make it up, in reading order, at least one
 * @param boxes what to mark on the pages: one box for each run of tokens on one line, in reading
 *     order
 */
public record ExtractedValue(
    String text,
    List<Reading> normalized,
    double confidence,
    List<TokenSpan> spans,
    List<PageBox> boxes) {
  private static final double STEPS = 10_000;

  public ExtractedValue {
    normalized = List.copyOf(normalized);
    spans = List.copyOf(spans);
    boxes = List.copyOf(boxes);
    if (text.isEmpty() || !(confidence >= 0 && confidence <= 1) || spans.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a text, a confidence from 0 to 1 and at least one span, was %d characters, %s and %d"
              .formatted(text.length(), confidence, spans.size()));
    }
    confidence = Math.round(confidence * STEPS) / STEPS;
  }

  /** A value that means nothing but what it says. */
  public ExtractedValue(
      String text, double confidence, List<TokenSpan> spans, List<PageBox> boxes) {
    this(text, List.of(), confidence, spans, boxes);
  }

  /** The same value with other readings. */
  ExtractedValue withNormalized(List<Reading> readings) {
    return new ExtractedValue(text, readings, confidence, spans, boxes);
  }

  static ExtractedValue of(Document document, PredictedValue value) {
    return new ExtractedValue(
        value.text(), value.confidence(), value.spans(), boxes(document, value.spans()));
  }

  private static List<PageBox> boxes(Document document, List<TokenSpan> spans) {
    List<PageBox> boxes = new ArrayList<>();
    for (TokenSpan span : spans) {
      Token before = null;
      for (Token token : document.tokens().subList(span.start(), span.end())) {
        boolean sameLine =
            before != null && before.page() == token.page() && before.line() == token.line();
        if (sameLine) {
          int last = boxes.size() - 1;
          boxes.set(last, new PageBox(token.page(), boxes.get(last).box().union(token.box())));
        } else {
          boxes.add(new PageBox(token.page(), token.box()));
        }
        before = token;
      }
    }
    return boxes;
  }
}
