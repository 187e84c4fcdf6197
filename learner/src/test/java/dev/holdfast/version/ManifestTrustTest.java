package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.process.BadConfiguration;
import dev.holdfast.process.SettingsReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTrustTest {
  private static final byte[] MANIFEST = "{\"version\":7}".getBytes(StandardCharsets.UTF_8);

  private final KeyPair ours = keys();
  private final KeyPair theirs = keys();
  private final ManifestTrust trust = ManifestTrust.in(List.of(ours.getPublic()));

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has Ed25519", e);
    }
  }

  private static Headers signed(KeyPair by) {
    return new ManifestSigner(by.getPrivate()).headers(MANIFEST);
  }

  @Test
  void whatATrustedKeyHasSignedIsTaken() {
    assertThat(trust.fault(MANIFEST, signed(ours))).isEmpty();
    assertThat(
            ManifestTrust.in(List.of(theirs.getPublic(), ours.getPublic()))
                .fault(MANIFEST, signed(ours)))
        .isEmpty();
  }

  @Test
  void whatNobodyOrSomebodyElseHasSignedIsNot() {
    assertThat(trust.fault(MANIFEST, new RecordHeaders())).contains("no signature");
    assertThat(trust.fault(MANIFEST, signed(theirs)))
        .contains("a signature by none of the trusted keys");
    assertThat(
            trust.fault(
                MANIFEST, new RecordHeaders().add(ManifestSigner.HEADER, new byte[] {1, 2})))
        .contains("a signature by none of the trusted keys");
  }

  @Test
  void anyByteThatIsChangedAfterwardsShows() {
    Headers headers = signed(ours);
    for (int i = 0; i < MANIFEST.length; i++) {
      byte[] changed = MANIFEST.clone();
      changed[i] ^= 1;
      assertThat(trust.fault(changed, headers)).as("byte %d", i).isPresent();
    }
  }

  @Test
  void withoutKeysAllIsTaken() {
    assertThat(ManifestTrust.ANY.fault(MANIFEST, new RecordHeaders())).isEmpty();
  }

  @Test
  void keysAreReadFromPem(@TempDir Path folder) throws Exception {
    Path secret = pem(folder, "PRIVATE KEY", ours.getPrivate());
    Path open = pem(folder, "PUBLIC KEY", ours.getPublic());
    SettingsReader reader =
        new SettingsReader(
            Map.of("t.signing-key", secret.toString(), "t.trusted-keys", open.toString()), "t");

    ManifestSigner signer = ManifestSigner.from(reader).orElseThrow();
    assertThat(ManifestTrust.from(reader).fault(MANIFEST, signer.headers(MANIFEST))).isEmpty();
    reader.finish();
  }

  @Test
  void aFileThatHoldsNoSuchKeyIsAProblemThatNamesIt(@TempDir Path folder) throws Exception {
    Path open = pem(folder, "PUBLIC KEY", ours.getPublic());
    SettingsReader reader =
        new SettingsReader(
            Map.of(
                "t.signing-key", open.toString(), "t.trusted-keys", open + ",/nowhere/other.pub"),
            "t");
    ManifestSigner.from(reader);
    ManifestTrust.from(reader);

    assertThatThrownBy(reader::finish)
        .isInstanceOf(BadConfiguration.class)
        .hasMessageContaining("t.signing-key: expected a file with a private key of Ed25519")
        .hasMessageContaining("/nowhere/other.pub");
  }

  private static Path pem(Path folder, String label, Key key) throws Exception {
    return Files.writeString(
        folder.resolve(label + ".pem"),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(key.getEncoded()), label));
  }
}
