package dev.holdfast.version;

import static dev.holdfast.version.VersionFixtures.manifest;
import static dev.holdfast.version.VersionFixtures.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentId;
import dev.holdfast.wire.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestJsonTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/version/manifest-1.json");
  private static final Manifest MANIFEST =
      manifest(
          version("default", 42),
          new Content(Content.SNAPSHOT, Digest.of(List.of(new byte[] {1, 2, 3})), 8, 2_000_000));

  private static final Path OBEYED = Path.of("src/test/resources/golden/version/manifest-2.json");
  private static final Manifest AFTER_A_ROLLBACK =
      new Manifest(
          MANIFEST.version(),
          39,
          MANIFEST.content(),
          MANIFEST.createdAt(),
          MANIFEST.learned(),
          MANIFEST.counters(),
          MANIFEST.provenance(),
          7,
          List.of(),
          Optional.empty());

  private static final Path JUDGED = Path.of("src/test/resources/golden/version/manifest-3.json");
  private static final Manifest PASSED =
      new Manifest(
          MANIFEST.version(),
          MANIFEST.parent(),
          MANIFEST.content(),
          MANIFEST.createdAt(),
          MANIFEST.learned(),
          MANIFEST.counters(),
          MANIFEST.provenance(),
          7,
          List.of(new DocumentId("inv-79")),
          Optional.of(
              new Verdict(
                  Verdict.Outcome.PASSED,
                  39,
                  Optional.of(new Verdict.Compared(12, 60, .95, .9625, .03)),
                  List.of(),
                  List.of(),
                  0)));

  private static final Path FROM = Path.of("src/test/resources/golden/version/manifest-4.json");
  private static final Manifest MERGED =
      new Manifest(
          MANIFEST.version(),
          MANIFEST.parent(),
          MANIFEST.content(),
          MANIFEST.createdAt(),
          MANIFEST.learned(),
          MANIFEST.counters(),
          new Provenance(
              2,
              1234,
              -5,
              Digest.of(List.of(new byte[] {1})),
              Optional.empty(),
              Optional.of(version("receipts", 7))),
          7,
          List.of(),
          Optional.empty());

  @Test
  void aManifestIsReadBack() throws BadInput {
    assertThat(ManifestJson.read(ManifestJson.bytes(MANIFEST))).isEqualTo(MANIFEST);
  }

  @Test
  void everyManifestEverReleasedCanBeRead() throws IOException, BadInput {
    assertThat(ManifestJson.read(Files.readAllBytes(GOLDEN))).isEqualTo(MANIFEST);
    assertThat(ManifestJson.read(Files.readAllBytes(OBEYED))).isEqualTo(AFTER_A_ROLLBACK);
    assertThat(ManifestJson.read(Files.readAllBytes(JUDGED))).isEqualTo(PASSED);
    assertThat(ManifestJson.read(Files.readAllBytes(FROM))).isEqualTo(MERGED);
  }

  @Test
  void aManifestIsWrittenAsReleased() throws IOException {
    assertThat(new String(ManifestJson.bytes(MANIFEST), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(GOLDEN));
    assertThat(new String(ManifestJson.bytes(AFTER_A_ROLLBACK), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(OBEYED));
    assertThat(new String(ManifestJson.bytes(PASSED), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(JUDGED));
    assertThat(new String(ManifestJson.bytes(MERGED), StandardCharsets.UTF_8))
        .isEqualTo(Files.readString(FROM));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void aManifestKeepsTheSchema(Manifest manifest) throws IOException {
    String schema = Files.readString(Path.of("../docs/schema/manifest.json"));

    assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(
                    new String(ManifestJson.bytes(manifest), StandardCharsets.UTF_8),
                    InputFormat.JSON))
        .isEmpty();
  }

  static Stream<Manifest> manifests() {
    return Stream.of(MANIFEST, AFTER_A_ROLLBACK, PASSED, MERGED);
  }

  @Test
  void keysFromTheFutureAreLeftAside() throws BadInput {
    String json = new String(ManifestJson.bytes(MANIFEST), StandardCharsets.UTF_8);
    String later = "{\"base\":41," + json.substring(1);

    assertThat(ManifestJson.read(later.getBytes(StandardCharsets.UTF_8))).isEqualTo(MANIFEST);
  }

  @Test
  void aManifestWithAnImpossibleParentIsRefused() {
    String json = new String(ManifestJson.bytes(MANIFEST), StandardCharsets.UTF_8);
    byte[] wrong = json.replace("\"parent\":41", "\"parent\":42").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> ManifestJson.read(wrong))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("expected a parent from 0 to below 42, was 42");
  }

  /** Writes the golden file of a new format; old ones are never written again. */
  @Test
  @EnabledIfSystemProperty(named = "golden.regenerate", matches = "manifest")
  void regenerate() throws IOException {
    Files.write(FROM, ManifestJson.bytes(MERGED));
  }
}
