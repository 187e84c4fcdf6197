package dev.holdfast.control;

import dev.holdfast.topic.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;

/** The topic that operators speak by. */
public final class ControlTopics {
  private ControlTopics() {}

  /**
   * What operators ask, by collection; JSON of {@code docs/schema/control.json}. Learners and
   * serving nodes read all of it.
   *
   * <p>One partition, so that all of them see one order, whatever a writer's partitioner makes of
   * keys. Kept for ever: who starts anew must know what is still asked.
   */
  public static final Topic<byte[], byte[]> CONTROL =
      new Topic<>(
          "control", Serdes.ByteArray(), Serdes.ByteArray(), 1, Map.of("retention.ms", "-1"));
}
