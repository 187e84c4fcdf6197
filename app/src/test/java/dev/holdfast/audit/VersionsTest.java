package dev.holdfast.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.document.CollectionName;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private static final CollectionName COLLECTION = CollectionName.DEFAULT;

  private final Versions versions = new Versions();

  private static ModelParts parts(long number) {
    return ModelParts.split(
        new Weights(Map.of(), List.of(Tensor.of("rows", new float[] {number, 1}, 2))));
  }

  private static Manifest manifest(long number) {
    return new Manifest(
        new ModelVersion(COLLECTION, number),
        number - 1,
        parts(number).content(),
        Instant.EPOCH,
        List.of(),
        new Counters(number, number, number),
        new Provenance(1, 1, 1, Digest.of(List.of(new byte[] {1}))));
  }

  /** What the topic has of a version, without its chunks when it is to be half a one. */
  private void publish(long number, boolean chunks) {
    parts(number)
        .write(
            manifest(number),
            (key, value) -> {
              if (chunks || key.isManifest()) {
                versions.record(key, value, bytes -> manifest(number));
              }
            });
  }

  private void journal(long number) {
    versions.journalled(new ModelVersion(COLLECTION, number), parts(number).content().digest());
  }

  private void publish(long number) {
    publish(number, true);
    journal(number);
  }

  @Test
  void wholeVersionsInTheirOrderAreInOrder() {
    publish(1);
    publish(2);

    assertThat(versions.count()).isEqualTo(2);
    assertThat(versions.half() + versions.gaps() + versions.mismatches()).isZero();
  }

  @Test
  void aVersionWithoutAChunkIsHalf() {
    publish(1, false);

    assertThat(versions.half()).isEqualTo(1);
  }

  @Test
  void aNumberThatIsMissingOrComesAgainIsAGap() {
    publish(1);
    publish(4);
    assertThat(versions.gaps()).isEqualTo(2);

    publish(4, true);
    assertThat(versions.gaps()).isEqualTo(3);
  }

  @Test
  void aVersionThatTheJournalDoesNotHaveIsAGap() {
    publish(1, true);
    assertThat(versions.gaps()).isEqualTo(1);

    journal(1);
    assertThat(versions.gaps()).isZero();
  }

  @Test
  void anotherDigestInJournalOrExtractionIsAMismatch() {
    publish(1);
    ModelVersion version = new ModelVersion(COLLECTION, 1);
    versions.named(version, parts(1).content().digest().text());
    assertThat(versions.mismatches()).isZero();

    versions.named(version, parts(2).content().digest().text());
    assertThat(versions.mismatches()).isEqualTo(1);
    assertThat(versions.published(version, parts(1).content().digest())).isTrue();
    assertThat(versions.published(version, parts(2).content().digest())).isFalse();
  }

  @Test
  void anExtractionByAVersionThatNobodyPublishedIsAMismatch() {
    versions.named(new ModelVersion(COLLECTION, 3), "sha256:00");

    assertThat(versions.mismatches()).isEqualTo(1);
  }

  @Test
  void theVersionAfterARollbackMustGoOnFromTheOneThatWasAskedFor() {
    publish(1);
    publish(2);
    versions.rolledBack(new ModelVersion(COLLECTION, 2));
    publish(3);
    assertThat(versions.disobedient()).isZero();

    versions.rolledBack(new ModelVersion(COLLECTION, 1));
    publish(4);
    assertThat(versions.disobedient()).isEqualTo(1);
  }

  @Test
  void theLatestAndTwoEarlierOnesAreLandmarks() {
    for (long number = 1; number <= 9; number++) {
      publish(number);
    }

    assertThat(versions.landmarks(2))
        .extracting(ModelVersion::number)
        .containsExactly(3L, 6L, 8L, 9L);
    assertThat(versions.latest(COLLECTION)).isEqualTo(9);
  }
}
