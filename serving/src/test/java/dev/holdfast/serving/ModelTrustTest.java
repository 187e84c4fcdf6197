package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.VersionLog.NOON;
import static dev.holdfast.serving.VersionLog.records;
import static dev.holdfast.serving.VersionLog.weights;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.extraction.Conventions;
import dev.holdfast.version.ManifestSigner;
import dev.holdfast.version.ManifestTrust;
import dev.holdfast.version.ModelKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** A node that has trusted keys. */
class ModelTrustTest {
  private final KeyPair trusted = keys();
  private final VersionLog log = new VersionLog();
  private final ServedModels models = new ServedModels(Conventions.NONE);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ModelFollower follower =
      new ModelFollower(
          log.consumer(),
          new VersionReader(
              log.consumer(), 1 << 20, ManifestTrust.in(List.of(trusted.getPublic()))),
          models,
          (version, digest, weights) -> ServingFixtures.model(version),
          new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
          InstantSource.fixed(NOON));

  private static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has Ed25519", e);
    }
  }

  @Test
  void aVersionThatNoTrustedKeyHasSignedIsNotServedAndIsCounted() {
    log.publish(SHOP, 1);
    log.catchUp(follower);
    assertThat(models.versions()).isEmpty();
    assertThat(untrusted()).isEqualTo(1);

    publishSigned(2, keys());
    follower.followNext(Duration.ZERO);
    assertThat(models.versions()).isEmpty();
    assertThat(untrusted()).isEqualTo(2);
  }

  @Test
  void aVersionThatATrustedKeyHasSignedIsServedAndGoesOnWhenOthersCome() {
    log.publish(SHOP, 1);
    publishSigned(2, trusted);
    log.catchUp(follower);
    assertThat(serving()).isEqualTo(2);

    log.publish(SHOP, 3);
    follower.followNext(Duration.ZERO);
    assertThat(serving()).isEqualTo(2);

    publishSigned(4, trusted);
    follower.followNext(Duration.ZERO);
    assertThat(serving()).isEqualTo(4);
    assertThat(untrusted()).isEqualTo(2);
  }

  @Test
  void aSignatureOfOneVersionServesNoOther() {
    List<ConsumerRecord<ModelKey, byte[]>> first = signed(1, trusted);
    log.addAll(first);
    List<ConsumerRecord<ModelKey, byte[]>> second = records(SHOP, 2, weights(""));
    manifest(first).headers().forEach(manifest(second).headers()::add);
    log.addAll(second);

    log.catchUp(follower);

    assertThat(serving()).isEqualTo(1);
    assertThat(untrusted()).isEqualTo(1);
  }

  @Test
  void nobodyIsServedAVersionThatIsNotTrustedByAskingForIt() {
    publishSigned(1, trusted);
    log.publish(SHOP, 2);
    publishSigned(3, trusted);
    log.catchUp(follower);

    log.ask("{\"action\":\"pin\",\"version\":2}");
    log.ask("{\"action\":\"rollback\",\"version\":2}");
    follower.followNext(Duration.ZERO);

    assertThat(serving()).isEqualTo(3);
  }

  private void publishSigned(long number, KeyPair by) {
    log.addAll(signed(number, by));
  }

  private static List<ConsumerRecord<ModelKey, byte[]>> signed(long number, KeyPair by) {
    List<ConsumerRecord<ModelKey, byte[]>> records = records(SHOP, number, weights(""));
    ConsumerRecord<ModelKey, byte[]> manifest = manifest(records);
    new ManifestSigner(by.getPrivate()).headers(manifest.value()).forEach(manifest.headers()::add);
    return records;
  }

  private static ConsumerRecord<ModelKey, byte[]> manifest(
      List<ConsumerRecord<ModelKey, byte[]>> version) {
    return version.get(version.size() - 1);
  }

  private long serving() {
    return models.versions().get(SHOP).number();
  }

  private double untrusted() {
    return registry.get("holdfast.serving.refused").tag("reason", "untrusted").counter().count();
  }
}
