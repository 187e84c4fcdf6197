package dev.holdfast.topic;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.ExampleJson;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;

/** The topics that documents and annotations come in by, and those that ingest writes. */
public final class DocumentTopics {
  private DocumentTopics() {}

  /**
   * The largest record that Holdfast writes to any of them: a document of the size the limits allow
   * with all that is known of it, or a record that is refused.
   */
  public static final int MAX_RECORD_BYTES = 10 << 20;

  private static final Map<String, String> KEEP_ALL = Map.of("retention.ms", "-1");

  private static final Map<String, String> KEEP_ALL_LARGE =
      Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(MAX_RECORD_BYTES));

  /**
   * Documents from anyone, by document id; JSON of {@code docs/schema/document.json}. A record
   * without a value asks that the document its key names be forgotten; see {@link Forgetting}.
   */
  public static final Topic<byte[], byte[]> DOCUMENTS_IN =
      new Topic<>("documents.in", Serdes.ByteArray(), Serdes.ByteArray(), 4, KEEP_ALL);

  /** Annotations from anyone, by document id; JSON of {@code docs/schema/annotation.json}. */
  public static final Topic<byte[], byte[]> ANNOTATIONS_IN =
      new Topic<>("annotations.in", Serdes.ByteArray(), Serdes.ByteArray(), 4, KEEP_ALL);

  /** Every valid document once, by its key; no value when it is forgotten. */
  public static final Topic<DocumentKey, Document> DOCUMENTS =
      new Topic<>(
          "documents",
          new TextSerde<>(DocumentKey::parse),
          JsonSerde.streamed(DocumentJson::write, DocumentJson::readTrusted),
          4,
          KEEP_ALL_LARGE);

  /**
   * A document with all that is known of its fields, each time that grows; by collection, so in one
   * order for each. A record without a value says that a document is forgotten; see {@link
   * Forgetting}.
   */
  public static final Topic<CollectionName, Example> EXAMPLES =
      new Topic<>(
          "examples",
          new TextSerde<>(CollectionName::new),
          new JsonSerde<>(ExampleJson::write, ExampleJson::read),
          4,
          KEEP_ALL_LARGE);

  /** The header of a {@link #REJECTED} record with the code of its reason, as UTF-8. */
  public static final String REASON_HEADER = "holdfast.reason";

  /**
   * What was refused: key and value as they came, the reason and the place they came from in
   * headers.
   */
  public static final Topic<byte[], byte[]> REJECTED =
      new Topic<>("rejected", Serdes.ByteArray(), Serdes.ByteArray(), 1, KEEP_ALL_LARGE);

  /** All of them, for creating. */
  public static final List<Topic<?, ?>> ALL =
      List.of(DOCUMENTS_IN, ANNOTATIONS_IN, DOCUMENTS, EXAMPLES, REJECTED);
}
