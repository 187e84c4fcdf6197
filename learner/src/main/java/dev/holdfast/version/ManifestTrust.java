package dev.holdfast.version;

import dev.holdfast.process.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Whose manifests are taken: those that {@link ManifestSigner} signed with one of some keys. More
 * than one while a new key takes an old one's place.
 *
 * <p>Immutable and thread-safe.
 */
public final class ManifestTrust {
  /** All manifests are taken, signed or not. */
  public static final ManifestTrust ANY = new ManifestTrust(List.of());

  private final List<PublicKey> keys;

  private ManifestTrust(List<PublicKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Only manifests that one of these has signed.
   *
   * @param keys of Ed25519, at least one
   */
  public static ManifestTrust in(List<PublicKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("expected at least one key, was none");
    }
    return new ManifestTrust(keys);
  }

  /**
   * Reads the setting {@code trusted-keys}: files in PEM with commas between them; without any,
   * {@link #ANY}. Problems stay with the reader.
   */
  public static ManifestTrust from(SettingsReader reader) {
    String files = reader.text("trusted-keys", "").strip();
    if (files.isEmpty()) {
      return ANY;
    }
    List<PublicKey> keys = new ArrayList<>();
    for (String file : files.split(",", -1)) {
      try {
        byte[] bytes = PemFile.read(Path.of(file.strip()), "PUBLIC KEY");
        keys.add(
            KeyFactory.getInstance(ManifestSigner.ALGORITHM)
                .generatePublic(new X509EncodedKeySpec(bytes)));
      } catch (IOException | GeneralSecurityException e) {
        reader.problem(
            "trusted-keys", "files with a public key of Ed25519 in PEM, with commas", file);
      }
    }
    return new ManifestTrust(keys);
  }

  /**
   * Why a manifest is not to be taken; empty when it is.
   *
   * @param manifest the bytes of its record's value
   * @param headers of its record
   */
  public Optional<String> fault(byte[] manifest, Headers headers) {
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    Header header = headers.lastHeader(ManifestSigner.HEADER);
    if (header == null || header.value() == null) {
      return Optional.of("no signature");
    }
    return keys.stream().anyMatch(key -> verifies(key, manifest, header.value()))
        ? Optional.empty()
        : Optional.of("a signature by none of the trusted keys");
  }

  private static boolean verifies(PublicKey key, byte[] manifest, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ManifestSigner.ALGORITHM);
      signature.initVerify(key);
      signature.update(manifest);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // of another length or form: no signature by this key
    }
  }
}
