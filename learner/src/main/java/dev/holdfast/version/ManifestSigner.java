package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.process.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Signs manifests with Ed25519 (RFC 8032). A manifest names its version and the digest of its
 * weights, so its signature covers both. The signature of a manifest is always the same.
 *
 * <p>Immutable and thread-safe.
 */
public final class ManifestSigner {
  /** The header of a manifest's record with the 64 bytes of its signature. */
  public static final String HEADER = "holdfast.signature";

  static final String ALGORITHM = "Ed25519";

  private final PrivateKey key;

  /**
   * @param key of Ed25519
   */
  public ManifestSigner(PrivateKey key) {
    this.key = requireNonNull(key, "key is null");
  }

  /** Reads the setting {@code signing-key}, a PKCS 8 file in PEM; problems stay with the reader. */
  public static Optional<ManifestSigner> from(SettingsReader reader) {
    String file = reader.text("signing-key", "").strip();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = PemFile.read(Path.of(file), "PRIVATE KEY");
      return Optional.of(
          new ManifestSigner(
              KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes))));
    } catch (IOException | GeneralSecurityException e) {
      reader.problem("signing-key", "a file with a private key of Ed25519 in PEM", file);
      return Optional.empty();
    }
  }

  /** The headers of a manifest's record. */
  public Headers headers(byte[] manifest) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(manifest);
      return new RecordHeaders().add(HEADER, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("expected to sign with " + key.getAlgorithm(), e);
    }
  }
}
