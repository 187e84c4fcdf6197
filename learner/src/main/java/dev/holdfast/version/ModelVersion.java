package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import java.util.Comparator;

/**
 * The name of one model version: its collection and its number there.
 *
 * @param collection the model lineage
 * @param number from 1, growing by one with every version of the collection; 0 is the version
 *     before the first, which extracts nothing and is never published
 */
public record ModelVersion(CollectionName collection, long number)
    implements Comparable<ModelVersion> {

  /** The largest number that keys have room for. */
  public static final long MAX_NUMBER = 999_999_999_999L;

  private static final Comparator<ModelVersion> ORDER =
      Comparator.comparing(ModelVersion::collection).thenComparingLong(ModelVersion::number);

  public ModelVersion {
    requireNonNull(collection, "collection is null");
    if (number < 0 || number > MAX_NUMBER) {
      throw new IllegalArgumentException(
          "expected a version number from 0 to %d, was %d".formatted(MAX_NUMBER, number));
    }
  }

  /** By collection, then by number. */
  @Override
  public int compareTo(ModelVersion other) {
    return ORDER.compare(this, other);
  }

  /** For people, such as {@code default/42}. */
  @Override
  public String toString() {
    return collection + "/" + number;
  }
}
