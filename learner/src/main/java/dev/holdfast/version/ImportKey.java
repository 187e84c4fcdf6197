package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * The key of one record in {@code models.in}, written {@code digest/part}: {@code sha256:…/00007}.
 *
 * @param digest of all chunks of the file, one after the other
 * @param part number of the chunk from 0
 */
public record ImportKey(Digest digest, int part) {
  public ImportKey {
    requireNonNull(digest, "digest is null");
    if (part < 0 || part > ModelKey.MAX_PART) {
      throw new IllegalArgumentException(
          "expected a part from 0 to %d, was %d".formatted(ModelKey.MAX_PART, part));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException when it is nothing of the kind
   */
  public static ImportKey parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{5}")) {
      throw new IllegalArgumentException(
          "expected digest/part with 5 digits, was %d characters".formatted(text.length()));
    }
    return new ImportKey(
        new Digest(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s/%05d", digest, part);
  }
}
