package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.BANK;
import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.VersionLog.NOON;
import static dev.holdfast.serving.VersionLog.records;
import static dev.holdfast.serving.VersionLog.tombstone;
import static dev.holdfast.serving.VersionLog.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.CollectionName;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.network.Weights;
import dev.holdfast.version.ManifestTrust;
import dev.holdfast.version.ModelKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ModelFollowerTest {
  private static final String BROKEN = "broken";

  private final VersionLog log = new VersionLog();
  private final ServedModels models = new ServedModels(Conventions.NONE);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> loads = new ArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final ModelFollower follower =
      new ModelFollower(
          log.consumer(),
          new VersionReader(log.consumer(), 1 << 20, ManifestTrust.ANY),
          models,
          this::load,
          new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
          InstantSource.fixed(NOON));

  @Test
  void withoutVersionsTheFirstReadEndsAtOnce() {
    catchUp();

    assertThat(models.versions()).isEmpty();
  }

  @Test
  void ofManyVersionsOnlyTheNewestIsLoaded() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    log.publish(BANK, 7);
    log.publish(SHOP, 3);

    catchUp();

    assertThat(loads).containsExactlyInAnyOrder("3", "7");
    assertThat(serving(SHOP)).isEqualTo(3);
    assertThat(serving(BANK)).isEqualTo(7);
  }

  @Test
  void aNewVersionTakesTheOldOnesPlaceAndClosesIt() {
    log.publish(SHOP, 1);
    catchUp();

    log.publish(SHOP, 2);
    follow();

    assertThat(serving(SHOP)).isEqualTo(2);
    assertThat(closed).hasValue(1);
  }

  @Test
  void halfAVersionIsNeverServed() {
    log.publish(SHOP, 1);
    catchUp();
    List<ConsumerRecord<ModelKey, byte[]>> second = records(SHOP, 2, weights(""));
    log.addAll(second.subList(0, second.size() - 1));

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
    log.add(second.get(second.size() - 1));
    follow();
    assertThat(serving(SHOP)).isEqualTo(2);
  }

  @Test
  void aVersionWithAWrongDigestIsRefusedAndTheOldOneGoesOn() {
    log.publish(SHOP, 1);
    catchUp();
    List<ConsumerRecord<ModelKey, byte[]>> second = records(SHOP, 2, weights(""));
    byte[] chunk = second.get(0).value();
    chunk[chunk.length - 1] ^= 1;
    log.addAll(second);

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
    assertThat(closed).hasValue(0);
    assertThat(refused("unusable")).isEqualTo(1);
    log.publish(SHOP, 3);
    follow();
    assertThat(serving(SHOP)).isEqualTo(3);
  }

  @Test
  void aVersionThatCannotBeLoadedIsRefusedAndTheOldOneGoesOn() {
    log.publish(SHOP, 1);
    catchUp();
    log.addAll(records(SHOP, 2, weights(BROKEN)));

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
    assertThat(refused("unloadable")).isEqualTo(1);
  }

  @Test
  void afterAStartTheOneBeforeServesWhenTheNewestCannotBeLoaded() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    log.addAll(records(SHOP, 3, weights(BROKEN)));

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(2);
  }

  @Test
  void aVersionThatCompactionTookPartsOfIsNoRefusal() {
    List<ConsumerRecord<ModelKey, byte[]>> first = records(SHOP, 1, weights(""));
    log.addAll(first.subList(1, first.size()));
    log.publish(SHOP, 2);
    log.add(tombstone(SHOP, 1));

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(2);
    assertThat(refusals()).isZero();
  }

  @Test
  void aWithdrawnVersionIsNotTakenUp() {
    log.publish(SHOP, 1);
    log.add(tombstone(SHOP, 1));

    catchUp();

    assertThat(models.versions()).isEmpty();
  }

  @Test
  void aVersionThatServesGoesOnWhenItIsWithdrawn() {
    log.publish(SHOP, 1);
    catchUp();
    log.add(tombstone(SHOP, 1));

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
  }

  @Test
  void theTimeFromAnnotationToServingIsMeasuredForEachExampleAfterTheFirstRead() {
    log.publish(SHOP, 1);
    catchUp();
    assertThat(learnToServe().count()).isZero();

    log.publish(SHOP, 2);
    follow();

    // Each version has learned one example, annotated two seconds before noon.
    assertThat(learnToServe().count()).isEqualTo(1);
    assertThat(learnToServe().totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void examplesOfAnOvertakenVersionAreMeasuredWithTheOneThatServes() {
    catchUp();
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);

    follow();

    assertThat(loads).containsExactly("2");
    assertThat(learnToServe().count()).isEqualTo(2);
  }

  @Test
  void examplesOfARefusedVersionAreMeasuredWithTheNext() {
    catchUp();
    log.addAll(records(SHOP, 1, weights(BROKEN)));
    follow();
    assertThat(learnToServe().count()).isZero();

    log.publish(SHOP, 2);
    follow();

    assertThat(learnToServe().count()).isEqualTo(2);
  }

  @Test
  void theVersionThatServesIsShown() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    catchUp();
    log.publish(SHOP, 3);
    follow();

    assertThat(registry.get("holdfast.serving.version").tag("collection", "shop").gauge().value())
        .isEqualTo(3);
    assertThat(registry.get("holdfast.serving.collections").gauge().value()).isEqualTo(1);
    assertThat(registry.get("holdfast.serving.swap").timer().count()).isEqualTo(2);
  }

  @Test
  void afterARollbackThatVersionServesUntilOneComesWhoseLearnerHasObeyed() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    log.publish(SHOP, 3);
    catchUp();

    log.ask("{\"action\":\"rollback\",\"version\":1}");
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    log.publish(SHOP, 4, 0);
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    log.publish(SHOP, 5, 1);
    follow();
    assertThat(serving(SHOP)).isEqualTo(5);
  }

  @Test
  void aNodeThatStartsAfterARollbackServesTheSame() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    log.ask("{\"action\":\"rollback\",\"version\":1}");

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(1);
  }

  @Test
  void aPinnedVersionServesUntilItIsUnpinned() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    catchUp();

    log.ask("{\"action\":\"pin\",\"version\":1}");
    log.publish(SHOP, 3);
    follow();
    log.publish(SHOP, 4);
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    log.ask("{\"action\":\"unpin\"}");
    follow();

    assertThat(serving(SHOP)).isEqualTo(4);
    assertThat(refusals()).isZero();
  }

  @Test
  void aPinIsShownWhileTheVersionIsThereToServe() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    log.ask("{\"action\":\"pin\",\"version\":1}");
    catchUp();
    assertThat(gauge("holdfast.serving.pinned")).isEqualTo(1);

    log.ask("{\"action\":\"unpin\"}");
    follow();
    assertThat(gauge("holdfast.serving.pinned")).isZero();

    log.ask("{\"action\":\"pin\",\"version\":9}");
    follow();
    assertThat(gauge("holdfast.serving.pinned")).isZero();
    log.publish(SHOP, 9);
    log.publish(SHOP, 10);
    follow();
    assertThat(serving(SHOP)).isEqualTo(9);
    assertThat(gauge("holdfast.serving.pinned")).isEqualTo(1);
  }

  @Test
  void whatIsAskedOfAVersionThatIsNotThereOrCannotBeReadChangesNothing() {
    log.publish(SHOP, 1);
    log.publish(SHOP, 2);
    catchUp();

    log.ask("{\"action\":\"pin\",\"version\":9}");
    log.ask("{\"action\":\"rollback\",\"version\":9}");
    log.ask("nonsense");
    follow();

    assertThat(serving(SHOP)).isEqualTo(2);
    log.publish(SHOP, 3, 3);
    follow();
    assertThat(serving(SHOP)).isEqualTo(3);
  }

  @Test
  void ageAndDistanceToTheNewestVersionAreShown() {
    log.publish(SHOP, 1);
    catchUp();
    assertThat(gauge("holdfast.serving.version")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.version.age")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.behind")).isZero();

    log.addAll(records(SHOP, 4, weights(BROKEN)));
    follow();
    assertThat(gauge("holdfast.serving.version")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.behind")).isEqualTo(3);

    log.publish(SHOP, 5);
    follow();
    assertThat(gauge("holdfast.serving.behind")).isZero();
  }

  private double gauge(String name) {
    return registry.get(name).tag("collection", SHOP.value()).gauge().value();
  }

  private double refusals() {
    return refused("unusable") + refused("unloadable");
  }

  @Test
  void aMissingTopicIsSaid() {
    assertThatThrownBy(() -> follower.catchUp(Duration.ZERO))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("expected a topic models, found none");
  }

  private ServedModel load(long version, String digest, Weights weights) {
    loads.add(Long.toString(version));
    if (weights.metadata().containsValue(BROKEN)) {
      throw new IllegalArgumentException("expected fields, found none");
    }
    return ServingFixtures.model(version, document -> ServingFixtures.found(), closed);
  }

  private void catchUp() {
    log.catchUp(follower);
  }

  private void follow() {
    follower.followNext(Duration.ZERO);
  }

  private long serving(CollectionName collection) {
    return models.versions().get(collection).number();
  }

  private double refused(String reason) {
    return registry.get("holdfast.serving.refused").tag("reason", reason).counter().count();
  }

  private Timer learnToServe() {
    return registry.get("holdfast.serving.learn.to.serve").timer();
  }
}
