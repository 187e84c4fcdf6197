package dev.holdfast.topic;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record without a value: that a document is to be forgotten, or is. Where the record's key does
 * not name all of the document, a header does.
 *
 * <table>
 *   <caption>What names the document</caption>
 *   <tr><th>topic</th><th>key</th><th>header</th></tr>
 *   <tr><td>{@code documents.in}</td><td>its id</td><td>{@value #COLLECTION}, or {@code default}</td></tr>
 *   <tr><td>{@code documents}</td><td>collection/id</td><td></td></tr>
 *   <tr><td>{@code examples}</td><td>its collection</td><td>{@value #DOCUMENT}</td></tr>
 *   <tr><td>{@code extractions}</td><td>its id</td><td>{@value #COLLECTION}</td></tr>
 * </table>
 */
public final class Forgetting {
  /** The collection of the document, as UTF-8. */
  public static final String COLLECTION = "holdfast.collection";

  /** The id of the document, as UTF-8. */
  public static final String DOCUMENT = "holdfast.document";

  private Forgetting() {}

  /**
   * The document of a record of {@code documents.in}, which anyone may have written.
   *
   * @throws BadInput when key and header name none
   */
  public static DocumentKey asked(byte[] key, Headers headers) throws BadInput {
    if (key == null) {
      throw new BadInput(
          Reason.MISSING_KEY, "key", "the id of a document to forget", "neither key nor value");
    }
    Header collection = headers.lastHeader(COLLECTION);
    try {
      return new DocumentKey(
          collection == null || collection.value() == null
              ? CollectionName.DEFAULT
              : new CollectionName(text(collection.value())),
          new DocumentId(text(key)));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          Reason.BAD_VALUE,
          "key",
          "the id of a document to forget, and its collection in the header " + COLLECTION,
          "what is neither");
    }
  }

  /** The headers of a record of {@code documents.in} or {@code extractions}. */
  public static Headers ofCollection(CollectionName collection) {
    return headers(COLLECTION, collection.value());
  }

  /** The headers of a record of {@code examples}. */
  public static Headers ofDocument(DocumentId document) {
    return headers(DOCUMENT, document.value());
  }

  /** The document of a record of {@code examples}; empty when it names none. */
  public static Optional<DocumentKey> example(CollectionName collection, Headers headers) {
    return value(headers, DOCUMENT).map(id -> new DocumentKey(collection, new DocumentId(id)));
  }

  /** The document of a record of {@code extractions}; empty when it names none. */
  public static Optional<DocumentKey> extraction(DocumentId id, Headers headers) {
    return value(headers, COLLECTION)
        .map(collection -> new DocumentKey(new CollectionName(collection), id));
  }

  private static Headers headers(String name, String value) {
    return new RecordHeaders().add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> value(Headers headers, String name) {
    return Optional.ofNullable(headers.lastHeader(name)).map(header -> text(header.value()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
