package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The key of one record in {@code models}, written {@code collection/version/part}: {@code
 * default/000000000042/00007} for a chunk, {@code default/000000000042/manifest} for the manifest.
 * Zeros in front make the order of the texts the order of the versions, chunks before their
 * manifest.
 *
 * @param version from 1
 * @param part number of the chunk from 0; empty for the manifest
 */
public record ModelKey(ModelVersion version, OptionalInt part) {
  /** The largest chunk number that keys have room for. */
  public static final int MAX_PART = 99_999;

  private static final String MANIFEST = "manifest";

  public ModelKey {
    requireNonNull(version, "version is null");
    if (version.number() < 1 || part.orElse(0) < 0 || part.orElse(0) > MAX_PART) {
      throw new IllegalArgumentException(
          "expected a version from 1 and a part from 0 to %d, was %s and %s"
              .formatted(MAX_PART, version, part));
    }
  }

  /** The key of a version's manifest. */
  public static ModelKey manifest(ModelVersion version) {
    return new ModelKey(version, OptionalInt.empty());
  }

  /** The key of one of a version's chunks. */
  public static ModelKey chunk(ModelVersion version, int part) {
    return new ModelKey(version, OptionalInt.of(part));
  }

  /** Whether this is the key of a manifest. */
  public boolean isManifest() {
    return part.isEmpty();
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is nothing of the kind
   */
  public static ModelKey parse(String text) {
    String[] pieces = text.split("/", -1);
    if (pieces.length != 3
        || !pieces[1].matches("[0-9]{12}")
        || !pieces[2].matches("[0-9]{5}|" + MANIFEST)) {
      throw new IllegalArgumentException(
          "expected collection/version/part with 12 and 5 digits, was %d characters in %d pieces"
              .formatted(text.length(), pieces.length));
    }
    ModelVersion version =
        new ModelVersion(new CollectionName(pieces[0]), Long.parseLong(pieces[1]));
    return pieces[2].equals(MANIFEST)
        ? manifest(version)
        : chunk(version, Integer.parseInt(pieces[2]));
  }

  @Override
  public String toString() {
    String name = String.format(Locale.ROOT, "%s/%012d/", version.collection(), version.number());
    return isManifest()
        ? name + MANIFEST
        : name + String.format(Locale.ROOT, "%05d", part.getAsInt());
  }
}
