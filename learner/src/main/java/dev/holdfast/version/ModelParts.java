package dev.holdfast.version;

import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The weights of a version, cut into what {@code models} carries.
 *
 * <p>Immutable.
 */
public final class ModelParts {
  private final List<byte[]> chunks;
  private final Content content;

  private ModelParts(List<byte[]> chunks, Content content) {
    this.chunks = chunks;
    this.content = content;
  }

  /** A full snapshot of the weights. */
  public static ModelParts split(Weights weights) {
    byte[] bytes = Safetensors.write(weights);
    List<byte[]> chunks = Chunks.split(bytes);
    return new ModelParts(
        chunks, new Content(Content.SNAPSHOT, Digest.of(chunks), chunks.size(), bytes.length));
  }

  /** What the manifest has to say of them. */
  public Content content() {
    return content;
  }

  /**
   * Hands over every record of the version in the order it must be written in: all chunks, then the
   * manifest.
   *
   * @throws IllegalArgumentException when the manifest describes other chunks
   */
  public void write(Manifest manifest, BiConsumer<ModelKey, byte[]> records) {
    if (!manifest.content().equals(content)) {
      throw new IllegalArgumentException(
          "version %s: expected a manifest of %s, was of %s"
              .formatted(manifest.version(), content, manifest.content()));
    }
    for (int part = 0; part < chunks.size(); part++) {
      records.accept(ModelKey.chunk(manifest.version(), part), chunks.get(part));
    }
    records.accept(ModelKey.manifest(manifest.version()), ManifestJson.bytes(manifest));
  }

  /**
   * The keys of all records of a version, for tombstones: the manifest first, so that nobody takes
   * up a version whose chunks go.
   */
  public static List<ModelKey> keys(ModelVersion version, int parts) {
    List<ModelKey> keys = new ArrayList<>();
    keys.add(ModelKey.manifest(version));
    for (int part = 0; part < parts; part++) {
      keys.add(ModelKey.chunk(version, part));
    }
    return keys;
  }
}
