package dev.holdfast.monitoring;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.version.Manifest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of one collection's versions, from their manifests in the order they were written.
 *
 * <p>Not thread-safe.
 */
final class Lineage {
  private final BitSet seen = new BitSet();
  private final Set<DocumentKey> waiting = new LinkedHashSet<>();
  private long newest;
  private long horizonMillis = Long.MIN_VALUE;

  /** Takes in the next manifest. */
  void add(Manifest manifest) {
    boolean missing = manifest.parent() > 0 && !seen.get(Math.toIntExact(manifest.parent()));
    if (missing) {
      horizonMillis = Math.max(horizonMillis, manifest.createdAt().toEpochMilli());
    }
    long version = manifest.version().number();
    seen.set(Math.toIntExact(version));
    newest = Math.max(newest, version);
  }

  /** Whether all that can be known of what {@code version} learned is known. */
  boolean reaches(long version) {
    return version <= newest;
  }

  /**
   * Manifests older than this are partly gone from the topic: an example from before it may have
   * been learned by any version, one from after it only by those whose manifests were seen.
   */
  long horizonMillis() {
    return horizonMillis;
  }

  /** Manifests seen. */
  int versions() {
    return seen.cardinality();
  }

  /** The highest version; 0 when there is none. */
  long newest() {
    return newest;
  }

  /** Remembers a document whose prediction waits for the manifest of its version. */
  void await(DocumentKey document) {
    waiting.add(document);
  }

  /** The documents that waited, in the order they began; they wait no more. */
  List<DocumentKey> released() {
    List<DocumentKey> released = new ArrayList<>(waiting);
    waiting.clear();
    return released;
  }

  void forget(DocumentKey document) {
    waiting.remove(document);
  }
}
