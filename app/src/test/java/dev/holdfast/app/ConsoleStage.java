package dev.holdfast.app;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.sample.SampleStream;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** All services at work on the sample stream, and a browser that looks at their console. */
final class ConsoleStage {
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Map<String, String> kafka;
  private final ConsolePage page;

  private ConsoleStage(Path folder, Deque<AutoCloseable> opened) throws Exception {
    Browser browser = Browser.start(folder.resolve("browser"));
    opened.push(browser);
    EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
    opened.push(broker);
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    Topics.create(kafka, Topics.all());
    Map<String, String> settings =
        Map.of("ingest.state-directory", folder.resolve("ingest").toString());
    Configuration configuration = Configuration.read(new Settings(settings, List.of()), 0);
    Node node = Node.start(configuration, EnumSet.allOf(Part.class), kafka, InstantSource.system());
    opened.push(node);
    node.awaitReady(StopSignal.never(), PATIENCE, line -> {});
    page = new ConsolePage(browser, node.address(), PATIENCE);
  }

  /**
   * Starts all and plays so many documents.
   *
   * @param opened what is to be closed, the last one first
   * @throws org.opentest4j.TestAbortedException when there is no browser here, having said so
   */
  static ConsoleStage start(Path folder, int documents, Deque<AutoCloseable> opened)
      throws Exception {
    ConsoleStage stage = new ConsoleStage(folder, opened);
    SampleStream sample = new SampleStream(21);
    List<LabelledDocument> all = IntStream.range(0, documents).mapToObj(sample::at).toList();
    try (PipelineClient client = new PipelineClient(stage.kafka)) {
      Replay.Pace pace = new Replay.Pace(4, OptionalDouble.empty(), 1, Duration.ofMinutes(2));
      new Replay(client, pace, (progress, seconds) -> true, System::nanoTime).run(all.iterator());
    }
    return stage;
  }

  ConsolePage page() {
    return page;
  }

  /** Properties of clients. */
  Map<String, String> kafka() {
    return kafka;
  }

  void send(Document document) {
    try (PipelineClient client = new PipelineClient(kafka)) {
      client.send(document);
    }
  }

  /** Tells of a refusal as the learner does. */
  void refuse(Refusal refusal) throws Exception {
    try (KafkaProducer<CollectionName, Refusal> producer =
        new KafkaProducer<>(
            Map.copyOf(kafka),
            ModelTopics.REFUSALS.keys().serializer(),
            ModelTopics.REFUSALS.values().serializer())) {
      producer
          .send(new ProducerRecord<>(ModelTopics.REFUSALS.name(), refusal.collection(), refusal))
          .get();
    }
  }
}
