package dev.holdfast.version;

import dev.holdfast.document.CollectionName;
import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Weights;
import dev.holdfast.wire.BadInput;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the records of {@code models} together to verified versions. Collections may come mixed in
 * any way; the records of one collection come in the order of the topic.
 *
 * <p>Holds at most one unfinished version of each collection and at most a given number of bytes in
 * all. Of a collection, versions only go up: records of a version that has been finished, or of one
 * below it, are passed over; so to go back to an older version read the topic again with a new
 * assembler.
 *
 * <p>Not thread-safe.
 */
public final class ModelAssembler {
  private final long maxBytes;

  /** Least recently added to first. */
  private final Map<CollectionName, Unfinished> unfinished = new LinkedHashMap<>(16, 0.75f, true);

  private final Map<CollectionName, Long> finished = new HashMap<>();
  private long bytes;

  private record Unfinished(ModelVersion version, Chunks chunks) {}

  /**
   * @param maxBytes of all unfinished versions together; the one that goes over is given up
   */
  public ModelAssembler(long maxBytes) {
    if (maxBytes < Chunks.MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected room for a chunk of %d bytes, was %d".formatted(Chunks.MAX_BYTES, maxBytes));
    }
    this.maxBytes = maxBytes;
  }

  /**
   * Takes the next record.
   *
   * @param value null for a tombstone
   * @return what it brought about, if anything
   */
  public Optional<Arrival> accept(ModelKey key, byte[] value) {
    ModelVersion version = key.version();
    if (value == null) {
      return key.isManifest() ? withdraw(version) : Optional.empty();
    }
    if (version.number() <= finished.getOrDefault(version.collection(), 0L)) {
      return Optional.empty();
    }
    return key.isManifest()
        ? Optional.of(finish(version, value))
        : add(version, key.part().getAsInt(), value);
  }

  private Optional<Arrival> withdraw(ModelVersion version) {
    Unfinished open = unfinished.get(version.collection());
    if (open != null && open.version().equals(version)) {
      drop(version.collection());
    }
    return Optional.of(new Arrival.Withdrawn(version));
  }

  private Optional<Arrival> add(ModelVersion version, int part, byte[] chunk) {
    Unfinished open = unfinished.get(version.collection());
    if (open != null && !open.version().equals(version)) {
      drop(version.collection());
      open = null;
    }
    if (open == null) {
      open = new Unfinished(version, new Chunks());
      unfinished.put(version.collection(), open);
    }
    bytes -= open.chunks().size();
    open.chunks().put(part, chunk);
    bytes += open.chunks().size();
    return bytes > maxBytes ? Optional.of(giveUpOldest()) : Optional.empty();
  }

  /**
   * The one that has waited longest for its next record gives way: what is being written now is
   * more likely to become whole.
   */
  private Arrival giveUpOldest() {
    ModelVersion version = unfinished.values().iterator().next().version();
    long held = bytes;
    drop(version.collection());
    finished.merge(version.collection(), version.number(), Math::max);
    return new Arrival.Unusable(
        version,
        "at most %d bytes in unfinished versions".formatted(maxBytes),
        "%d bytes".formatted(held));
  }

  private Arrival finish(ModelVersion version, byte[] value) {
    Unfinished open = unfinished.get(version.collection());
    Chunks chunks = open != null && open.version().equals(version) ? open.chunks() : new Chunks();
    drop(version.collection());
    finished.put(version.collection(), version.number());
    try {
      Manifest manifest = ManifestJson.read(value);
      return new Arrival.Complete(manifest, weights(version, manifest, chunks));
    } catch (BadChunks e) {
      return new Arrival.Unusable(version, e.expected(), e.found());
    } catch (BadInput e) {
      return new Arrival.Unusable(version, "a manifest and safetensors", e.getMessage());
    }
  }

  private static Weights weights(ModelVersion version, Manifest manifest, Chunks chunks)
      throws BadChunks, BadInput {
    if (!manifest.version().equals(version)) {
      throw new BadChunks("the manifest of " + version, "that of " + manifest.version());
    }
    Content content = manifest.content();
    if (!content.kind().equals(Content.SNAPSHOT)) {
      throw new BadChunks("a " + Content.SNAPSHOT, "a " + content.kind());
    }
    return Safetensors.read(chunks.join(content.parts(), content.bytes(), content.digest()));
  }

  private void drop(CollectionName collection) {
    Unfinished dropped = unfinished.remove(collection);
    bytes -= dropped == null ? 0 : dropped.chunks().size();
  }
}
