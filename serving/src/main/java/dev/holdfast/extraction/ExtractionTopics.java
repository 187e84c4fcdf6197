package dev.holdfast.extraction;

import dev.holdfast.document.DocumentId;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.topic.TextSerde;
import dev.holdfast.topic.Topic;
import java.util.Map;

/** The topic that serving writes. */
public final class ExtractionTopics {
  private ExtractionTopics() {}

  /**
   * What was found in each document, once for each message on {@code documents}, by document id;
   * JSON of {@code docs/schema/extraction.json}. No value when the document is forgotten; see
   * {@link dev.holdfast.topic.Forgetting}.
   */
  public static final Topic<DocumentId, Extraction> EXTRACTIONS =
      new Topic<>(
          "extractions",
          new TextSerde<>(DocumentId::new),
          new JsonSerde<>(ExtractionJson::write, ExtractionJson::read),
          4,
          Map.of("retention.ms", "-1"));
}
