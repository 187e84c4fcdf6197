package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

/**
 * What a version's chunks are.
 *
 * @param kind {@link #SNAPSHOT}, or a kind that this code does not know; a reader leaves aside what
 *     it does not know and goes on with the version it has
 * @param digest of all bytes of the chunks, one after the other
 * @param parts how many chunks
 * @param bytes of all of them together
 */
public record Content(String kind, Digest digest, int parts, long bytes) {
  /** The chunks are one safetensors file with all weights. */
  public static final String SNAPSHOT = "snapshot";

  public Content {
    requireNonNull(kind, "kind is null");
    requireNonNull(digest, "digest is null");
    if (parts < 0 || parts > ModelKey.MAX_PART + 1 || bytes < 0) {
      throw new IllegalArgumentException(
          "expected 0 to %d parts and bytes >= 0, was %d and %d"
              .formatted(ModelKey.MAX_PART + 1, parts, bytes));
    }
  }
}
