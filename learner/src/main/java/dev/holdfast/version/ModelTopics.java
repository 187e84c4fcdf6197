package dev.holdfast.version;

import dev.holdfast.document.CollectionName;
import dev.holdfast.topic.JsonSerde;
import dev.holdfast.topic.TextSerde;
import dev.holdfast.topic.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;

/** The topics that model versions travel by, and what is said of those that do not travel. */
public final class ModelTopics {
  private ModelTopics() {}

  /**
   * Weights from elsewhere, as chunks of safetensors files that operators write before they ask for
   * an import. Bytes, since anyone may write here: keys are {@link ImportKey}s, what has another
   * key is passed over.
   *
   * <p>Kept for ever: a version that was imported is rebuilt from here.
   */
  public static final Topic<byte[], byte[]> MODELS_IN =
      new Topic<>(
          "models.in", Serdes.ByteArray(), Serdes.ByteArray(), 1, Map.of("retention.ms", "-1"));

  /**
   * Manifests ({@link ManifestJson}) and chunks of weights. The chunks of a version come first and
   * its manifest last, all in one transaction. Versions that are no longer kept have tombstones.
   *
   * <p>One partition for all collections: every follower reads all of them anyway, and a version
   * never has to be gathered from two places. It carries a few versions a second, which is more
   * than people can annotate for.
   *
   * <p>Cleaned within minutes, so that a node that joins need not read versions that nobody serves;
   * tombstones stay for an hour, so that a reader that began before one still sees it.
   */
  public static final Topic<ModelKey, byte[]> MODELS =
      new Topic<>(
          "models",
          new TextSerde<>(ModelKey::parse),
          Serdes.ByteArray(),
          1,
          Map.of(
              "cleanup.policy", "compact",
              "segment.bytes", "67108864",
              "segment.ms", "60000",
              "min.cleanable.dirty.ratio", "0.1",
              "max.compaction.lag.ms", "60000",
              "delete.retention.ms", "3600000"));

  /**
   * Versions and examples that the gate has kept out, each round's once, by collection; JSON of
   * {@code docs/schema/refusal.json}. Written with the round, in its transaction.
   *
   * <p>Kept for ever, as what drifted is: they are few, and who looks later wants to know why.
   */
  public static final Topic<CollectionName, Refusal> REFUSALS =
      new Topic<>(
          "refusals",
          new TextSerde<>(CollectionName::new),
          new JsonSerde<>(RefusalJson::write, RefusalJson::read),
          1,
          Map.of("retention.ms", "-1"));
}
