package dev.holdfast.document;

import java.util.ArrayList;
import java.util.List;

/** Finds where an annotated value is printed when the annotator gave only its text. */
public final class Alignment {
  private Alignment() {}

  /** The mark with every value that has no place looked up in the document. */
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
    return places.size() == 1
        ? new FieldValue(value.text(), places)
        : new FieldValue(value.text(), List.of(), places);
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
