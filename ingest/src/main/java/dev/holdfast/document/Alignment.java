package dev.holdfast.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds where an annotated value is printed in a document when the annotator gave only its text.
 *
 * <p>Not thread-safe.
 */
public final class Alignment {
  /** More places than this say nothing of where a value stands. */
  public static final int MAX_CANDIDATES = 50;

  private final Document document;

  /** Of the document's tokens, once a value is looked up: there may be thousands of both. */
  private Optional<String[]> words = Optional.empty();

  Alignment(Document document) {
    this.document = document;
  }

  /**
   * The mark with every value that has no place looked up in the document. One place becomes its
   * span, up to {@value #MAX_CANDIDATES} become candidates, more leave it without a place.
   */
  Mark locate(Mark mark) {
    if (mark.values().stream().allMatch(value -> !value.spans().isEmpty())) {
      return mark;
    }
    return Mark.of(mark.values().stream().map(this::locate).toList());
  }

  private FieldValue locate(FieldValue value) {
    if (!value.spans().isEmpty()) {
      return value;
    }
    if (words.isEmpty()) {
      words = Optional.of(normalWords(document));
    }
    List<TokenSpan> places = places(words.get(), NormalText.of(value.text()));
    if (places.size() == 1) {
      return new FieldValue(value.text(), places);
    }
    return new FieldValue(
        value.text(), List.of(), places.size() <= MAX_CANDIDATES ? places : List.of());
  }

  /**
   * The mark of older content of the document: a value keeps its spans where the same is printed
   * there, any other is looked up by its text as if its place had never been known.
   */
  Mark relocate(Document before, Mark mark) {
    return locate(
        Mark.of(
            mark.values().stream()
                .map(
                    value ->
                        printsTheSame(before, document, value.spans())
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
