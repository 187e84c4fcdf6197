package dev.holdfast.simulation;

import dev.holdfast.ingest.IngestService;
import dev.holdfast.ingest.IngestSettings;
import dev.holdfast.ingest.IngestTopology;
import dev.holdfast.simulation.Interruption.Moment;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * One life of ingest: its topology on Kafka's own driver. What comes of some records, what it
 * remembers of them and how far it has come are written together, as Kafka Streams does it exactly
 * once; a life that ends before that has done nothing, and the next one takes its memory from the
 * changelogs.
 */
final class SimulatedIngest implements AutoCloseable {
  static final String GROUP = IngestService.APPLICATION_ID;

  private static final List<Topic<byte[], byte[]>> SOURCES =
      List.of(DocumentTopics.DOCUMENTS_IN, DocumentTopics.ANNOTATIONS_IN);

  private static final String CHANGELOG = "-changelog";
  private static final String REPARTITION = "-repartition";

  private final SimulatedKafka kafka;
  private final Interruption interruption;
  private final boolean early;
  private final TopologyTestDriver driver;
  private Instant now;

  /**
   * @param early whether it says how far it has come before it writes what came of it, which is
   *     wrong
   */
  SimulatedIngest(
      SimulatedKafka kafka,
      IngestSettings settings,
      Instant now,
      Interruption interruption,
      boolean early) {
    this.kafka = kafka;
    this.interruption = interruption;
    this.early = early;
    this.now = now;
    Properties properties = new Properties();
    properties.put("application.id", GROUP);
    properties.put("bootstrap.servers", "-");
    driver =
        new TopologyTestDriver(
            IngestTopology.build(
                settings, Stores::inMemoryKeyValueStore, new SimpleMeterRegistry(), () -> now),
            properties,
            now);
    restore();
  }

  private void restore() {
    for (String store : driver.getAllStateStores().keySet()) {
      KeyValueStore<Bytes, byte[]> bare = bare(driver.getKeyValueStore(store));
      kafka
          .log(new TopicPartition(GROUP + "-" + store + CHANGELOG, 0))
          .forEach(record -> bare.put(Bytes.wrap(record.key()), record.value()));
    }
  }

  /** The store behind the ones that measure and log. */
  @SuppressWarnings("unchecked") // the innermost of a key-value store is one of bytes
  private static KeyValueStore<Bytes, byte[]> bare(StateStore store) {
    StateStore inner = store;
    while (inner instanceof WrappedStateStore<?, ?, ?> wrapped) {
      inner = wrapped.wrapped();
    }
    return (KeyValueStore<Bytes, byte[]>) inner;
  }

  /** Whether nothing is left to read. */
  boolean atEnd() {
    return SOURCES.stream()
        .flatMap(topic -> kafka.of(topic.name()).stream())
        .allMatch(partition -> kafka.position(GROUP, partition) == kafka.end(partition));
  }

  /**
   * Reads some records of one partition and writes what comes of them.
   *
   * @param choice which of the partitions that have any
   * @param most records
   */
  void turn(Instant at, int choice, int most) {
    List<TopicPartition> waiting =
        SOURCES.stream()
            .flatMap(topic -> kafka.of(topic.name()).stream())
            .filter(partition -> kafka.position(GROUP, partition) < kafka.end(partition))
            .toList();
    if (waiting.isEmpty()) {
      return;
    }
    TopicPartition partition = waiting.get(choice % waiting.size());
    int from = (int) kafka.position(GROUP, partition);
    int to = (int) Math.min(kafka.end(partition), from + (long) most);
    Map<TopicPartition, OffsetAndMetadata> next = Map.of(partition, new OffsetAndMetadata(to));
    if (early) {
      kafka.commit(GROUP, next);
    }
    pass(at);
    for (ConsumerRecord<byte[], byte[]> record : kafka.log(partition).subList(from, to)) {
      interruption.at(Moment.SEND);
      driver
          .createInputTopic(partition.topic(), new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(
              new TestRecord<>(record.key(), record.value(), record.headers(), at.toEpochMilli()));
    }
    List<ProducerRecord<byte[], byte[]>> written = written();
    interruption.at(Moment.COMMIT);
    written.forEach(record -> kafka.write(record, at.toEpochMilli()));
    kafka.commit(GROUP, next);
    interruption.at(Moment.COMMITTED);
  }

  private void pass(Instant at) {
    if (at.isAfter(now)) {
      driver.advanceWallClockTime(Duration.between(now, at));
      now = at;
    }
  }

  private List<ProducerRecord<byte[], byte[]>> written() {
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    for (String topic : driver.producedTopicNames()) {
      List<TestRecord<byte[], byte[]>> records =
          driver
              .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readRecordsToList();
      if (!topic.endsWith(REPARTITION)) {
        Integer partition = topic.endsWith(CHANGELOG) ? 0 : null;
        records.forEach(
            record ->
                written.add(
                    new ProducerRecord<>(
                        topic,
                        partition,
                        record.timestamp(),
                        record.key(),
                        record.value(),
                        record.headers())));
      }
    }
    return written;
  }

  @Override
  public void close() {
    driver.close();
  }
}
