package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A part of what is monitored: a collection, or one document type or one field of it.
 *
 * @param collection whose; {@code other} for what came after as many slices as are kept apart
 * @param name of the type or the field; {@code unknown} for documents whose type nobody said, empty
 *     for the collection as a whole
 */
public record Slice(String collection, String name) implements Comparable<Slice> {
  static final String UNKNOWN = "unknown";

  /** All that is not kept apart. */
  static final Slice OTHER = new Slice("other", "other");

  private static final Comparator<Slice> ORDER =
      Comparator.comparing(Slice::collection).thenComparing(Slice::name);

  public Slice {
    requireNonNull(collection, "collection is null");
    requireNonNull(name, "name is null");
  }

  @Override
  public int compareTo(Slice other) {
    return ORDER.compare(this, other);
  }
}
