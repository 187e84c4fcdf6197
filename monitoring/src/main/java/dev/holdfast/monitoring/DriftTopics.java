package dev.holdfast.monitoring;

import dev.holdfast.document.CollectionName;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.topic.TextSerde;
import dev.holdfast.topic.Topic;
import java.util.Map;

/** The topic that monitoring writes. */
public final class DriftTopics {
  private DriftTopics() {}

  /**
   * What has changed, each once, by collection; JSON of {@code docs/schema/drift.json}. It is also
   * how monitoring knows after a restart what it has told, so nothing is deleted from it.
   */
  public static final Topic<CollectionName, DriftEvent> DRIFT =
      new Topic<>(
          "drift",
          new TextSerde<>(CollectionName::new),
          new JsonSerde<>(DriftEventJson::write, DriftEventJson::read),
          1,
          Map.of("retention.ms", "-1"));
}
