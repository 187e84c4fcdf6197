package dev.holdfast.app;

import dev.holdfast.control.ControlMessage;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.serving.VersionChoice;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The versions that Kafka keeps now, and which of them serve. */
final class Versions {
  private static final long MAX_UNFINISHED_BYTES = 1L << 31;

  private final SortedMap<ModelVersion, Manifest> kept = new TreeMap<>();
  private final Map<CollectionName, VersionChoice> choices = new HashMap<>();

  private Versions() {}

  /** Reads the topics from their beginning to where they end now; only what is committed. */
  static Versions read(Map<String, String> kafka) {
    Versions versions = new Versions();
    Topics.read(kafka, ModelTopics.MODELS, versions::takeModel);
    Topics.read(kafka, ControlTopics.CONTROL, versions::takeControl);
    return versions;
  }

  /**
   * All of one version.
   *
   * @throws Failure when it is not kept or not whole
   */
  static Arrival.Complete find(Map<String, String> kafka, ModelVersion version) {
    ModelAssembler assembler = new ModelAssembler(MAX_UNFINISHED_BYTES);
    Arrival[] found = new Arrival[1];
    Topics.read(
        kafka,
        ModelTopics.MODELS,
        record -> {
          ModelKey key = key(record);
          if (key.version().equals(version)) {
            assembler.accept(key, record.value()).ifPresent(arrival -> found[0] = arrival);
          }
        });
    if (found[0] instanceof Arrival.Complete complete) {
      return complete;
    }
    throw new Failure(
        "expected version %s on Kafka, found %s"
            .formatted(version, found[0] instanceof Arrival.Unusable ? found[0] : "none"));
  }

  private static ModelKey key(ConsumerRecord<byte[], byte[]> record) {
    return ModelTopics.MODELS.keys().deserializer().deserialize(record.topic(), record.key());
  }

  private void takeModel(ConsumerRecord<byte[], byte[]> record) {
    ModelKey key = key(record);
    if (!key.isManifest()) {
      return;
    }
    VersionChoice choice = choice(key.version().collection());
    if (record.value() == null) {
      kept.remove(key.version());
      choice.remove(key.version().number());
      return;
    }
    try {
      Manifest manifest = ManifestJson.read(record.value());
      kept.put(key.version(), manifest);
      choice.add(key.version().number(), manifest.obeyed());
    } catch (BadInput e) {
      throw new Failure(
          "%s-%d@%d: %s"
              .formatted(record.topic(), record.partition(), record.offset(), e.getMessage()),
          e);
    }
  }

  private void takeControl(ConsumerRecord<byte[], byte[]> record) {
    ControlMessage message = ControlMessage.of(record);
    if (message.collection().isPresent() && message.control().isPresent()) {
      choice(message.collection().get()).ask(message.offset(), message.control().get());
    }
  }

  private VersionChoice choice(CollectionName collection) {
    return choices.computeIfAbsent(collection, name -> new VersionChoice());
  }

  /** Those that are kept, by collection, then by number. */
  List<Manifest> manifests() {
    return new ArrayList<>(kept.values());
  }

  /** The manifest of a version that is kept. */
  Optional<Manifest> manifest(ModelVersion version) {
    return Optional.ofNullable(kept.get(version));
  }

  /** Whether that is the version that serving nodes serve, unless they cannot load it. */
  boolean serves(ModelVersion version) {
    List<Long> best = choice(version.collection()).best();
    return !best.isEmpty() && best.get(0) == version.number();
  }
}
