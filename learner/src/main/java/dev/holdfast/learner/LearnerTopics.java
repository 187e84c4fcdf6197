package dev.holdfast.learner;

import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.topic.TextSerde;
import dev.holdfast.topic.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;

/**
 * The learner's own topics. They have a partition for each partition of {@code examples}: whoever
 * learns its collections writes and reads just that one.
 */
public final class LearnerTopics {
  private LearnerTopics() {}

  /** Every round of every collection, for ever: with the examples it is what the weights are. */
  static final Topic<RoundKey, JournalRecord> JOURNAL =
      new Topic<>(
          "learner.journal",
          new TextSerde<>(RoundKey::parse),
          new JsonSerde<>(JournalJson::write, JournalJson::read),
          DocumentTopics.EXAMPLES.partitions(),
          Map.of("retention.ms", "-1"));

  /**
   * The latest checkpoint of every collection: chunks, then the head; older ones have tombstones.
   */
  static final Topic<CheckpointKey, byte[]> STATE =
      new Topic<>(
          "learner.state",
          new TextSerde<>(CheckpointKey::parse),
          Serdes.ByteArray(),
          DocumentTopics.EXAMPLES.partitions(),
          Map.of(
              "cleanup.policy", "compact",
              "segment.bytes", "67108864",
              "segment.ms", "60000",
              "min.cleanable.dirty.ratio", "0.1",
              "max.compaction.lag.ms", "60000"));

  /** All of them, for creating. */
  public static final List<Topic<?, ?>> ALL = List.of(JOURNAL, STATE);
}
