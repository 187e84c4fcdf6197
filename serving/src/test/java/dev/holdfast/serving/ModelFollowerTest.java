package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.BANK;
import static dev.holdfast.serving.ServingFixtures.SHOP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestTrust;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ModelFollowerTest {
  private static final String TOPIC = ModelTopics.MODELS.name();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final TopicPartition CONTROL = new TopicPartition(ControlTopics.CONTROL.name(), 0);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final String BROKEN = "broken";

  private final LogConsumer consumer = new LogConsumer();
  private final ServedModels models = new ServedModels(Conventions.NONE);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> loads = new ArrayList<>();
  private final AtomicInteger closed = new AtomicInteger();
  private final ModelFollower follower =
      new ModelFollower(
          consumer,
          new VersionReader(consumer, 1 << 20, ManifestTrust.ANY),
          models,
          this::load,
          new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
          InstantSource.fixed(NOON));
  private final List<ConsumerRecord<ModelKey, byte[]>> log = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();

  /** Kafka's own fake, which can be read again from any offset. */
  private final class LogConsumer extends MockConsumer<byte[], byte[]> {
    private int atATime = 2;

    LogConsumer() {
      super("earliest");
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
      Set<TopicPartition> open = new HashSet<>(assignment());
      open.removeAll(paused());
      if (open.contains(PARTITION)) {
        int from = (int) position(PARTITION);
        for (int i = from; i < Math.min(from + atATime, log.size()); i++) {
          byte[] key = ModelTopics.MODELS.keys().serializer().serialize(TOPIC, log.get(i).key());
          addRecord(new ConsumerRecord<>(TOPIC, 0, i, key, log.get(i).value()));
        }
      }
      if (open.contains(CONTROL)) {
        for (int i = (int) position(CONTROL); i < asked.size(); i++) {
          byte[] json = asked.get(i).getBytes(StandardCharsets.UTF_8);
          byte[] key = SHOP.value().getBytes(StandardCharsets.UTF_8);
          addRecord(new ConsumerRecord<>(CONTROL.topic(), 0, i, key, json));
        }
      }
      return super.poll(timeout);
    }
  }

  @Test
  void withoutVersionsTheFirstReadEndsAtOnce() {
    catchUp();

    assertThat(models.versions()).isEmpty();
  }

  @Test
  void ofManyVersionsOnlyTheNewestIsLoaded() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    publish(BANK, 7);
    publish(SHOP, 3);

    catchUp();

    assertThat(loads).containsExactlyInAnyOrder("3", "7");
    assertThat(serving(SHOP)).isEqualTo(3);
    assertThat(serving(BANK)).isEqualTo(7);
  }

  @Test
  void aNewVersionTakesTheOldOnesPlaceAndClosesIt() {
    publish(SHOP, 1);
    catchUp();

    publish(SHOP, 2);
    follow();

    assertThat(serving(SHOP)).isEqualTo(2);
    assertThat(closed).hasValue(1);
  }

  @Test
  void halfAVersionIsNeverServed() {
    publish(SHOP, 1);
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
    publish(SHOP, 1);
    catchUp();
    List<ConsumerRecord<ModelKey, byte[]>> second = records(SHOP, 2, weights(""));
    byte[] chunk = second.get(0).value();
    chunk[chunk.length - 1] ^= 1;
    log.addAll(second);

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
    assertThat(closed).hasValue(0);
    assertThat(refused("unusable")).isEqualTo(1);
    publish(SHOP, 3);
    follow();
    assertThat(serving(SHOP)).isEqualTo(3);
  }

  @Test
  void aVersionThatCannotBeLoadedIsRefusedAndTheOldOneGoesOn() {
    publish(SHOP, 1);
    catchUp();
    log.addAll(records(SHOP, 2, weights(BROKEN)));

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
    assertThat(refused("unloadable")).isEqualTo(1);
  }

  @Test
  void afterAStartTheOneBeforeServesWhenTheNewestCannotBeLoaded() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    log.addAll(records(SHOP, 3, weights(BROKEN)));

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(2);
  }

  @Test
  void aVersionThatCompactionTookPartsOfIsNoRefusal() {
    List<ConsumerRecord<ModelKey, byte[]>> first = records(SHOP, 1, weights(""));
    log.addAll(first.subList(1, first.size()));
    publish(SHOP, 2);
    log.add(tombstone(SHOP, 1));

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(2);
    assertThat(refusals()).isZero();
  }

  @Test
  void aWithdrawnVersionIsNotTakenUp() {
    publish(SHOP, 1);
    log.add(tombstone(SHOP, 1));

    catchUp();

    assertThat(models.versions()).isEmpty();
  }

  @Test
  void aVersionThatServesGoesOnWhenItIsWithdrawn() {
    publish(SHOP, 1);
    catchUp();
    log.add(tombstone(SHOP, 1));

    follow();

    assertThat(serving(SHOP)).isEqualTo(1);
  }

  @Test
  void theTimeFromAnnotationToServingIsMeasuredForEachExampleAfterTheFirstRead() {
    publish(SHOP, 1);
    catchUp();
    assertThat(learnToServe().count()).isZero();

    publish(SHOP, 2);
    follow();

    // Each version has learned one example, annotated two seconds before noon.
    assertThat(learnToServe().count()).isEqualTo(1);
    assertThat(learnToServe().totalTime(TimeUnit.SECONDS)).isEqualTo(2);
  }

  @Test
  void examplesOfAnOvertakenVersionAreMeasuredWithTheOneThatServes() {
    catchUp();
    publish(SHOP, 1);
    publish(SHOP, 2);

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

    publish(SHOP, 2);
    follow();

    assertThat(learnToServe().count()).isEqualTo(2);
  }

  @Test
  void theVersionThatServesIsShown() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    catchUp();
    publish(SHOP, 3);
    follow();

    assertThat(registry.get("holdfast.serving.version").tag("collection", "shop").gauge().value())
        .isEqualTo(3);
    assertThat(registry.get("holdfast.serving.collections").gauge().value()).isEqualTo(1);
    assertThat(registry.get("holdfast.serving.swap").timer().count()).isEqualTo(2);
  }

  @Test
  void afterARollbackThatVersionServesUntilOneComesWhoseLearnerHasObeyed() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    publish(SHOP, 3);
    catchUp();

    asked.add("{\"action\":\"rollback\",\"version\":1}");
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    publish(SHOP, 4, 0);
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    publish(SHOP, 5, 1);
    follow();
    assertThat(serving(SHOP)).isEqualTo(5);
  }

  @Test
  void aNodeThatStartsAfterARollbackServesTheSame() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    asked.add("{\"action\":\"rollback\",\"version\":1}");

    catchUp();

    assertThat(serving(SHOP)).isEqualTo(1);
  }

  @Test
  void aPinnedVersionServesUntilItIsUnpinned() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    catchUp();

    asked.add("{\"action\":\"pin\",\"version\":1}");
    publish(SHOP, 3);
    follow();
    publish(SHOP, 4);
    follow();
    assertThat(serving(SHOP)).isEqualTo(1);
    asked.add("{\"action\":\"unpin\"}");
    follow();

    assertThat(serving(SHOP)).isEqualTo(4);
    assertThat(refusals()).isZero();
  }

  @Test
  void whatIsAskedOfAVersionThatIsNotThereOrCannotBeReadChangesNothing() {
    publish(SHOP, 1);
    publish(SHOP, 2);
    catchUp();

    asked.add("{\"action\":\"pin\",\"version\":9}");
    asked.add("{\"action\":\"rollback\",\"version\":9}");
    asked.add("nonsense");
    follow();

    assertThat(serving(SHOP)).isEqualTo(2);
    publish(SHOP, 3, 3);
    follow();
    assertThat(serving(SHOP)).isEqualTo(3);
  }

  @Test
  void ageAndDistanceToTheNewestVersionAreShown() {
    publish(SHOP, 1);
    catchUp();
    assertThat(gauge("holdfast.serving.version")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.version.age")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.behind")).isZero();

    log.addAll(records(SHOP, 4, weights(BROKEN)));
    follow();
    assertThat(gauge("holdfast.serving.version")).isEqualTo(1);
    assertThat(gauge("holdfast.serving.behind")).isEqualTo(3);

    publish(SHOP, 5);
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
    Node node = new Node(0, "localhost", 9092);
    for (TopicPartition topic : List.of(PARTITION, CONTROL)) {
      PartitionInfo info =
          new PartitionInfo(topic.topic(), 0, node, new Node[] {node}, new Node[] {node});
      consumer.updatePartitions(topic.topic(), List.of(info));
      consumer.updateBeginningOffsets(Map.of(topic, 0L));
    }
    consumer.updateEndOffsets(Map.of(PARTITION, (long) log.size(), CONTROL, (long) asked.size()));
    follower.catchUp(Duration.ZERO);
    consumer.atATime = 1_000_000;
  }

  private void follow() {
    follower.followNext(Duration.ZERO);
  }

  private void publish(CollectionName collection, long number) {
    log.addAll(records(collection, number, weights("")));
  }

  /** A version whose learner has seen to all messages below that offset. */
  private void publish(CollectionName collection, long number, long obeyed) {
    log.addAll(records(collection, number, weights(""), obeyed));
  }

  private static Weights weights(String kind) {
    return new Weights(Map.of("kind", kind), List.of(Tensor.of("rows", new float[70_000], 70_000)));
  }

  private static List<ConsumerRecord<ModelKey, byte[]>> records(
      CollectionName collection, long number, Weights weights) {
    return records(collection, number, weights, 0);
  }

  private static List<ConsumerRecord<ModelKey, byte[]>> records(
      CollectionName collection, long number, Weights weights, long obeyed) {
    ModelVersion version = new ModelVersion(collection, number);
    ModelParts parts = ModelParts.split(weights);
    Manifest manifest =
        new Manifest(
            version,
            number - 1,
            parts.content(),
            NOON.minusSeconds(1),
            List.of(new LearnedExample(new DocumentId("inv-" + number), "", NOON.minusSeconds(2))),
            new Counters(number, number, number),
            new Provenance(0, number, 0, Digest.of(List.of())),
            obeyed,
            List.of(),
            Optional.empty());
    List<ConsumerRecord<ModelKey, byte[]>> records = new ArrayList<>();
    parts.write(
        manifest, (key, value) -> records.add(new ConsumerRecord<>(TOPIC, 0, 0, key, value)));
    return records;
  }

  private static ConsumerRecord<ModelKey, byte[]> tombstone(
      CollectionName collection, long number) {
    ModelKey key = ModelKey.manifest(new ModelVersion(collection, number));
    return new ConsumerRecord<>(TOPIC, 0, 0, key, null);
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
