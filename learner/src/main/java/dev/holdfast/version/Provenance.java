package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a version was made from: with the same examples up to here, the same configuration and the
 * seeds in the journal it can be made again.
 *
 * @param partition of the topic {@code examples} that holds the collection
 * @param offset one past the latest example of the collection that was learned
 * @param seed of the latest round
 * @param configuration digest of all that the learning depends on besides examples and seeds
 * @param imported digest of the weights from elsewhere that the version is, if it is that
 * @param from the version of another collection that this one is, without a parent; or that it took
 *     in beside its parent
 */
public record Provenance(
    int partition,
    long offset,
    long seed,
    Digest configuration,
    Optional<Digest> imported,
    Optional<ModelVersion> from) {

  /** Of a version that was learned here. */
  public Provenance(int partition, long offset, long seed, Digest configuration) {
    this(partition, offset, seed, configuration, Optional.empty(), Optional.empty());
  }

  public Provenance {
    requireNonNull(imported, "imported is null");
    requireNonNull(from, "from is null");
    requireNonNull(configuration, "configuration is null");
    if (partition < 0 || offset < 0) {
      throw new IllegalArgumentException(
          "expected partition and offset >= 0, was %d and %d".formatted(partition, offset));
    }
  }
}
