package dev.holdfast.sample;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.Document;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Token;
import java.util.ArrayList;
import java.util.List;

/** Shows documents to people: words roughly where they stand, in a fixed-width font. */
public final class SampleText {
  private SampleText() {}

  /** The document's lines, a line of dots between pages. */
  public static String render(Document document) {
    double letter = letterWidth(document.tokens());
    StringBuilder text = new StringBuilder();
    StringBuilder row = new StringBuilder();
    Token last = null;
    for (Token token : document.tokens()) {
      boolean sameLine = last != null && token.line() == last.line() && token.page() == last.page();
      if (last != null && !sameLine) {
        text.append(row).append('\n').append(token.page() == last.page() ? "" : "· · ·\n");
        row.setLength(0);
      }
      double gap = sameLine ? token.box().x0() - last.box().x1() : Double.MAX_VALUE;
      if (gap > 2 * letter) {
        int column = (int) (token.box().x0() / letter);
        row.append(" ".repeat(Math.max(sameLine ? 1 : 0, column - row.length())));
      } else if (gap > 0.25 * letter) {
        row.append(' ');
      }
      row.append(token.text());
      last = token;
    }
    return text.append(row).append('\n').toString();
  }

  /** The middle one of the widths of a letter in every token, in thousandths of the page. */
  private static double letterWidth(List<Token> tokens) {
    List<Double> widths = new ArrayList<>(List.of(10.0));
    for (Token token : tokens) {
      widths.add((double) (token.box().x1() - token.box().x0()) / token.text().length());
    }
    widths.sort(null);
    return Math.max(4, widths.get(widths.size() / 2));
  }

  /** The annotation's fields, one a line, several values parted by bars, nothing when absent. */
  public static String render(Annotation annotation) {
    StringBuilder text = new StringBuilder();
    annotation
        .marks()
        .forEach(
            (field, mark) -> {
              List<String> values = mark.values().stream().map(FieldValue::text).toList();
              text.append("%-17s %s%n".formatted(field, String.join(" | ", values)));
            });
    return text.toString();
  }
}
