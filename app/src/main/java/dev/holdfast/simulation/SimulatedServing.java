package dev.holdfast.simulation;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.network.Prediction;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.serving.Clients;
import dev.holdfast.serving.ServedModel;
import dev.holdfast.serving.ServingNode;
import dev.holdfast.serving.ServingSettings;
import dev.holdfast.simulation.SimulatedProducer.OffsetsCome;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/** One life of a serving node, with models that find nothing. */
final class SimulatedServing implements Clients, AutoCloseable {
  static final String GROUP = "serving";
  private static final int MOST_OF_A_POLL = 4;

  private final SimulatedKafka kafka;
  private final SimulatedProducer.Identity identity;
  private final Interruption interruption;
  private final ServingNode node;
  private SimulatedConsumer<DocumentKey, Document> consumer;

  /**
   * Starts it: it reads all versions and joins the group.
   *
   * @param number of the node
   * @param current whether it knows of the last move of partitions
   * @param offsets when it says how far it has come
   */
  SimulatedServing(
      SimulatedKafka kafka,
      int number,
      InstantSource clock,
      Interruption interruption,
      BooleanSupplier current,
      OffsetsCome offsets) {
    this.kafka = kafka;
    this.interruption = interruption;
    identity = new SimulatedProducer.Identity("serving-" + number, GROUP, current, offsets);
    node =
        new ServingNode(
            ServingSettings.from(new SettingsReader(Map.of(), "serving")),
            this,
            (version, digest, weights) ->
                new ServedModel(version, digest, document -> Prediction.EMPTY, Map.of(), () -> {}),
            new SimpleMeterRegistry(),
            clock);
    node.catchUp(Duration.ZERO);
    node.start(0);
  }

  /** Gives it these partitions in place of others. */
  void join(Set<TopicPartition> partitions) {
    consumer.join(partitions);
  }

  void serve() {
    node.serve(0, Duration.ZERO);
  }

  void follow() {
    node.follow(Duration.ZERO);
  }

  @Override
  public Consumer<DocumentKey, Document> documents(int loop) {
    consumer =
        new SimulatedConsumer<>(
            kafka, GROUP, DocumentTopics.DOCUMENTS, MOST_OF_A_POLL, interruption);
    return consumer;
  }

  @Override
  public Producer<DocumentId, Extraction> extractions(int loop) {
    return new SimulatedProducer<>(
        kafka,
        identity,
        ExtractionTopics.EXTRACTIONS.keys(),
        ExtractionTopics.EXTRACTIONS.values(),
        interruption);
  }

  @Override
  public Consumer<byte[], byte[]> models() {
    return SimulatedConsumer.ofAnyTopic(kafka, interruption);
  }

  /** Nothing comes over HTTP. */
  @Override
  public Producer<byte[], byte[]> inbox() {
    return new MockProducer<>();
  }

  @Override
  public void close() {
    node.close();
  }
}
