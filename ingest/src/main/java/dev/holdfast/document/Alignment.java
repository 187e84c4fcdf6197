package dev.holdfast.document;

import java.util.ArrayList;
import java.util.List;

/** Finds where an annotated value is printed when the annotator gave only its text. */
public final class Alignment {
  /** More places than this say nothing of where a value stands. */
  public static final int MAX_CANDIDATES = 50;

  private Alignment() {}

  /**
   * The mark with every value that has no place looked up in the document. One place becomes its
   * span, up to {@value #MAX_CANDIDATES} become candidates, more leave it without a place.
   */
  static Mark locate(Document document, Mark mark) {
    if (mark.values().stream().allMatch(value -> !value.spans().isEmpty())) {
      return mark;
    }
    String[] words = normalWords(document);
    return Mark.of(mark.values().stream().map(value -> locate(words, value)).toList());
  }

  private static FieldValue locate(String[] words, FieldValue value) {
    if (!value.spans().isEmpty()) {
      return value;
    }
    List<TokenSpan> places = places(words, NormalText.of(value.text()));
    if (places.size() == 1) {
      return new FieldValue(value.text(), places);
    }
    return new FieldValue(
        value.text(), List.of(), places.size() <= MAX_CANDIDATES ? places : List.of());
  }

  /**
   * The mark for newer content of its document: a value keeps its spans where the same is printed
   * there, any other is looked up by its text as if its place had never been known.
   */
  static Mark relocate(Document before, Document after, Mark mark) {
    return locate(
        after,
        Mark.of(
            mark.values().stream()
                .map(
                    value ->
                        printsTheSame(before, after, value.spans())
                            ? value
                            : new FieldValue(value.text(), List.of()))
                .toList()));
  }

  private static boolean printsTheSame(Document before, Document after, List<TokenSpan> spans) {
    return !spans.isEmpty()
        && spans.stream().allMatch(span -> span.end() <= after.tokens().size())
        && before.text(spans).equals(after.text(spans));
  }

  /** Each token's {@link NormalText}, in order. */
  public static String[] normalWords(Document document) {
    return document.tokens().stream()
        .map(token -> NormalText.of(token.text()))
        .toArray(String[]::new);
  }

  /**
   * Every run of whole tokens whose normal text is {@code wanted}, starting and ending on a token
   * that has normal text.
   *
   * @param words normal text of each token
   * @param wanted normal text to find; nothing is found for an empty one
   */
  public static List<TokenSpan> places(String[] words, String wanted) {
    List<TokenSpan> places = new ArrayList<>();
    if (wanted.isEmpty()) {
      return places;
    }
    for (int start = 0; start < words.length; start++) {
      if (words[start].isEmpty()) {
        continue;
      }
      int matched = 0;
      for (int i = start; i < words.length && wanted.startsWith(words[i], matched); i++) {
        matched += words[i].length();
        if (matched == wanted.length()) {
          places.add(new TokenSpan(start, i + 1));
          break;
        }
      }
    }
    return places;
  }
}
