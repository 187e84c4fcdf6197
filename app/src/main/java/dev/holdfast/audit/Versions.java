package dev.holdfast.audit;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Every version as a follower of the topic sees it: whole, in order, each number once, and of the
 * digest that the journal and extractions name.
 *
 * <p>Not thread-safe.
 */
public final class Versions {
  private static final long MAX_UNFINISHED_BYTES = 1L << 30;

  private final ModelAssembler assembler = new ModelAssembler(MAX_UNFINISHED_BYTES);
  private final Map<ModelVersion, Digest> published = new HashMap<>();
  private final Map<ModelVersion, Digest> journalled = new HashMap<>();
  private final Map<ModelVersion, Set<String>> named = new HashMap<>();
  private final Map<ModelVersion, Long> parents = new HashMap<>();
  private final Map<ModelVersion, Long> ordered = new HashMap<>();
  private final Map<CollectionName, Long> rollbacks = new HashMap<>();
  private final Map<CollectionName, Long> latest = new HashMap<>();
  private final Set<ModelVersion> unfinished = new HashSet<>();
  private long half;
  private long gaps;

  /** Takes the next record of {@code models}; null for a tombstone. */
  public void record(ModelKey key, byte[] value, ManifestReader reader) {
    ModelVersion version = key.version();
    if (value == null) {
      assembler.accept(key, null);
      return;
    }
    if (!key.isManifest()) {
      unfinished.add(version);
      assemble(key, value);
      return;
    }
    unfinished.remove(version);
    count(version);
    Manifest manifest = reader.read(value);
    published.putIfAbsent(version, manifest.digest());
    parents.putIfAbsent(version, manifest.parent());
    // Of a number that has been there before the assembler says nothing; that is counted above.
    assemble(key, value);
  }

  /** Reads the manifest of a record. */
  @FunctionalInterface
  public interface ManifestReader {
    Manifest read(byte[] value);
  }

  private void assemble(ModelKey key, byte[] value) {
    if (assembler.accept(key, value).filter(Arrival.Unusable.class::isInstance).isPresent()) {
      half++;
    }
  }

  private void count(ModelVersion version) {
    long before = latest.getOrDefault(version.collection(), 0L);
    gaps += version.number() <= before ? 1 : version.number() - before - 1;
    latest.merge(version.collection(), version.number(), Math::max);
  }

  /** The journal says that a version was published. */
  public void journalled(ModelVersion version, Digest digest) {
    if (journalled.put(version, digest) != null) {
      gaps++;
    }
    Long number = rollbacks.remove(version.collection());
    if (number != null) {
      ordered.put(version, number);
    }
  }

  /** The journal says that learning goes on from a version: the next one must have it as parent. */
  public void rolledBack(ModelVersion to) {
    rollbacks.put(to.collection(), to.number());
  }

  /** An extraction says that a version made it. */
  public void named(ModelVersion version, String digest) {
    named.computeIfAbsent(version, v -> new HashSet<>()).add(digest);
  }

  /** How many there were. */
  public int count() {
    return published.size();
  }

  /** Versions that could not be put together. */
  public long half() {
    return half + unfinished.size();
  }

  /** Numbers that are missing or came twice, in the topic or in the journal. */
  public long gaps() {
    long onlyOnce =
        published.keySet().stream().filter(version -> !journalled.containsKey(version)).count()
            + journalled.keySet().stream()
                .filter(version -> !published.containsKey(version))
                .count();
    return gaps + onlyOnce;
  }

  /** Digests that manifests, journal and extractions do not agree about. */
  public long mismatches() {
    long journal =
        published.entrySet().stream()
            .filter(
                version ->
                    !version
                        .getValue()
                        .equals(journalled.getOrDefault(version.getKey(), version.getValue())))
            .count();
    long extractions =
        named.entrySet().stream()
            .filter(
                name -> {
                  Digest digest = published.get(name.getKey());
                  return digest == null || !name.getValue().equals(Set.of(digest.text()));
                })
            .count();
    return journal + extractions;
  }

  /** Versions that do not go on from the one that was asked for. */
  public long disobedient() {
    return ordered.entrySet().stream()
        .filter(order -> !order.getValue().equals(parents.get(order.getKey())))
        .count();
  }

  /** Of each collection so many latest versions and those at thirds of the way there. */
  public SortedSet<ModelVersion> landmarks(int most) {
    SortedSet<ModelVersion> landmarks = new TreeSet<>();
    latest.forEach(
        (collection, last) ->
            LongStream.concat(
                    LongStream.rangeClosed(last - most + 1, last),
                    LongStream.of(last / 3, 2 * last / 3))
                .filter(number -> number > 0)
                .forEach(number -> landmarks.add(new ModelVersion(collection, number))));
    return landmarks;
  }

  /** The latest version of a collection, 0 when there is none. */
  public long latest(CollectionName collection) {
    return latest.getOrDefault(collection, 0L);
  }

  /** Whether that is what was published under the name. */
  public boolean published(ModelVersion version, Digest digest) {
    return digest.equals(published.get(version));
  }
}
