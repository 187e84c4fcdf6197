package dev.holdfast.topic;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.kafka.common.serialization.Serde;

/**
 * A Kafka topic with all that its writers and readers must agree on.
 *
 * @param name as on the broker
 * @param keys how keys are written
 * @param values how values are written
 * @param partitions when Holdfast creates it, at least 1
 * @param configuration broker settings of the topic when Holdfast creates it, such as {@code
 *     cleanup.policy}
 */
public record Topic<K, V>(
    String name,
    Serde<K> keys,
    Serde<V> values,
    int partitions,
    Map<String, String> configuration) {

  public Topic {
    requireNonNull(keys, "keys is null");
    requireNonNull(values, "values is null");
    configuration = Map.copyOf(configuration);
    if (!name.matches("[a-z][a-z0-9.-]{0,99}") || partitions < 1) {
      throw new IllegalArgumentException(
          "expected a lower-case topic name and at least one partition, was \"%s\" and %d"
              .formatted(name, partitions));
    }
  }
}
