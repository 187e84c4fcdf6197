package dev.holdfast.app;

import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The manifests of all versions that Kafka keeps now. */
final class Manifests {
  private Manifests() {}

  /**
   * Reads the topic from its beginning to where it ends now; only what is committed.
   *
   * @return by collection, then by version
   */
  static List<Manifest> read(Map<String, String> kafka) {
    Map<String, Object> properties = new HashMap<>(kafka);
    properties.put("isolation.level", "read_committed");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    SortedMap<ModelVersion, Manifest> kept = new TreeMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(ModelTopics.MODELS.name()).stream()
              .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> take(record, kept));
      }
    }
    return new ArrayList<>(kept.values());
  }

  private static void take(
      ConsumerRecord<String, byte[]> record, SortedMap<ModelVersion, Manifest> kept) {
    ModelKey key = ModelKey.parse(record.key());
    if (!key.isManifest()) {
      return;
    }
    if (record.value() == null) {
      kept.remove(key.version());
      return;
    }
    try {
      kept.put(key.version(), ManifestJson.read(record.value()));
    } catch (BadInput e) {
      throw new Failure(
          "%s-%d@%d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }
}
