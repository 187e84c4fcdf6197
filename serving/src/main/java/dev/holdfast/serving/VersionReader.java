package dev.holdfast.serving;

import dev.holdfast.version.Arrival;
import dev.holdfast.version.ManifestTrust;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Puts versions together from the records of {@code models} as they come, remembers where each of
 * them begins, and reads one again from there.
 *
 * <p>Not thread-safe.
 */
final class VersionReader {
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final long maxUnfinishedBytes;
  private final ManifestTrust trust;
  private final ModelAssembler assembler;
  private final Map<ModelVersion, Begin> begins = new HashMap<>();

  private record Begin(TopicPartition partition, long offset) {}

  /**
   * @param maxUnfinishedBytes see {@link ModelAssembler}
   * @param trust whose manifests are taken
   */
  VersionReader(Consumer<byte[], byte[]> consumer, long maxUnfinishedBytes, ManifestTrust trust) {
    this.consumer = consumer;
    this.maxUnfinishedBytes = maxUnfinishedBytes;
    this.trust = trust;
    assembler = new ModelAssembler(maxUnfinishedBytes);
  }

  /** Takes the next record. */
  Optional<Arrival> accept(ConsumerRecord<byte[], byte[]> record) {
    ModelKey key = key(record);
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    begins.putIfAbsent(key.version(), new Begin(partition, record.offset()));
    Optional<Arrival> arrival = accept(assembler, key, record);
    boolean over = key.isManifest() || record.value() == null;
    if (over && !(arrival.orElse(null) instanceof Arrival.Complete)) {
      begins.remove(key.version());
    }
    return arrival;
  }

  private Optional<Arrival> accept(
      ModelAssembler to, ModelKey key, ConsumerRecord<byte[], byte[]> record) {
    if (key.isManifest() && record.value() != null) {
      Optional<String> fault = trust.fault(record.value(), record.headers());
      if (fault.isPresent()) {
        return Optional.of(new Arrival.Untrusted(key.version(), fault.get()));
      }
    }
    return to.accept(key, record.value());
  }

  /** Reads a version again, and goes on afterwards where it was; empty when it is gone. */
  Optional<Arrival.Complete> readAgain(ModelVersion version) {
    Begin place = begins.get(version);
    if (place == null) {
      return Optional.empty();
    }
    long back = consumer.position(place.partition());
    Set<TopicPartition> others = consumer.assignment();
    consumer.pause(others);
    consumer.resume(List.of(place.partition()));
    consumer.seek(place.partition(), place.offset());
    try {
      ModelAssembler again = new ModelAssembler(maxUnfinishedBytes);
      while (consumer.position(place.partition()) < back) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          ModelKey key = key(record);
          Arrival arrival =
              key.version().equals(version) ? accept(again, key, record).orElse(null) : null;
          if (arrival != null) {
            return arrival instanceof Arrival.Complete complete
                ? Optional.of(complete)
                : Optional.empty();
          }
        }
      }
      return Optional.empty();
    } finally {
      consumer.seek(place.partition(), back);
      consumer.resume(others);
    }
  }

  private static ModelKey key(ConsumerRecord<byte[], byte[]> record) {
    return ModelTopics.MODELS.keys().deserializer().deserialize(record.topic(), record.key());
  }
}
