package dev.holdfast.version;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of some bytes, as text.
 *
 * @param text {@code sha256:} and 64 lower-case hexadecimal digits
 */
public record Digest(String text) {
  private static final String PREFIX = "sha256:";

  public Digest {
    if (!text.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "expected sha256: and 64 hexadecimal digits, was %d characters".formatted(text.length()));
    }
  }

  /** The digest of all the pieces, one after the other. */
  public static Digest of(Iterable<byte[]> pieces) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      pieces.forEach(sha::update);
      return new Digest(PREFIX + HexFormat.of().formatHex(sha.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
