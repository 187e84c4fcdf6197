package dev.holdfast.serving;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;

/** The topics that a {@link ModelFollower} reads, one partition each, as a test writes them. */
final class VersionLog {
  static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private static final String TOPIC = ModelTopics.MODELS.name();
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final TopicPartition CONTROL = new TopicPartition(ControlTopics.CONTROL.name(), 0);

  private final LogConsumer consumer = new LogConsumer();
  private final List<ConsumerRecord<ModelKey, byte[]>> models = new ArrayList<>();
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
        for (int i = from; i < Math.min(from + atATime, models.size()); i++) {
          addRecord(at(i, models.get(i)));
        }
      }
      if (open.contains(CONTROL)) {
        for (int i = (int) position(CONTROL); i < asked.size(); i++) {
          byte[] json = asked.get(i).getBytes(StandardCharsets.UTF_8);
          byte[] key = ServingFixtures.SHOP.value().getBytes(StandardCharsets.UTF_8);
          addRecord(new ConsumerRecord<>(CONTROL.topic(), 0, i, key, json));
        }
      }
      return super.poll(timeout);
    }
  }

  private static ConsumerRecord<byte[], byte[]> at(
      long offset, ConsumerRecord<ModelKey, byte[]> record) {
    return new ConsumerRecord<>(
        TOPIC,
        0,
        offset,
        0,
        TimestampType.CREATE_TIME,
        0,
        0,
        ModelTopics.MODELS.keys().serializer().serialize(TOPIC, record.key()),
        record.value(),
        record.headers(),
        Optional.empty());
  }

  Consumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** Lets a follower read what is there now, two records at a time; later ones come together. */
  void catchUp(ModelFollower follower) {
    Node node = new Node(0, "localhost", 9092);
    for (TopicPartition topic : List.of(PARTITION, CONTROL)) {
      PartitionInfo info =
          new PartitionInfo(topic.topic(), 0, node, new Node[] {node}, new Node[] {node});
      consumer.updatePartitions(topic.topic(), List.of(info));
      consumer.updateBeginningOffsets(Map.of(topic, 0L));
    }
    consumer.updateEndOffsets(
        Map.of(PARTITION, (long) models.size(), CONTROL, (long) asked.size()));
    follower.catchUp(Duration.ZERO);
    consumer.atATime = 1_000_000;
  }

  /** What an operator asks of the shop. */
  void ask(String json) {
    asked.add(json);
  }

  void add(ConsumerRecord<ModelKey, byte[]> record) {
    models.add(record);
  }

  void addAll(List<ConsumerRecord<ModelKey, byte[]>> records) {
    models.addAll(records);
  }

  void publish(CollectionName collection, long number) {
    addAll(records(collection, number, weights("")));
  }

  /** A version whose learner has seen to all messages below that offset. */
  void publish(CollectionName collection, long number, long obeyed) {
    addAll(records(collection, number, weights(""), obeyed));
  }

  static Weights weights(String kind) {
    return new Weights(Map.of("kind", kind), List.of(Tensor.of("rows", new float[70_000], 70_000)));
  }

  /** All records of a version, the manifest last. */
  static List<ConsumerRecord<ModelKey, byte[]>> records(
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

  static ConsumerRecord<ModelKey, byte[]> tombstone(CollectionName collection, long number) {
    ModelKey key = ModelKey.manifest(new ModelVersion(collection, number));
    return new ConsumerRecord<>(TOPIC, 0, 0, key, null);
  }
}
