package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A document as words with places, in reading order.
 *
 * @param id unique within the collection
 * @param collection the model lineage it belongs to
 * @param type what kind of document it is said to be, such as {@code invoice}; empty when nobody
 *     said
 * @param language BCP 47 tag; empty when nobody said
 * @param pages in order; every token stands on one of them
 * @param tokens in reading order; may be empty
 */
public record Document(
    DocumentId id,
    CollectionName collection,
    String type,
    String language,
    List<Page> pages,
    List<Token> tokens) {

  public Document {
    requireNonNull(id, "id is null");
    requireNonNull(collection, "collection is null");
    requireNonNull(type, "type is null");
    requireNonNull(language, "language is null");
    pages = List.copyOf(pages);
    tokens = List.copyOf(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).page() >= pages.size()) {
        throw new IllegalArgumentException(
            "document %s: expected token %d on one of %d pages, was on page %d"
                .formatted(id, i, pages.size(), tokens.get(i).page()));
      }
    }
  }

  /** Its place among all collections. */
  public DocumentKey key() {
    return new DocumentKey(collection, id);
  }

  /** The same document with other words on its pages. */
  public Document withTokens(List<Token> others) {
    return new Document(id, collection, type, language, pages, others);
  }

  /** The words of the spans with single spaces between them. */
  public String text(List<TokenSpan> spans) {
    return spans.stream()
        .flatMap(span -> tokens.subList(span.start(), span.end()).stream())
        .map(Token::text)
        .collect(Collectors.joining(" "));
  }
}
