package dev.holdfast.bench;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.network.Weights;
import dev.holdfast.process.Health;
import dev.holdfast.process.KafkaMeters;
import dev.holdfast.serving.ServingMeters;
import dev.holdfast.serving.ServingService;
import dev.holdfast.serving.ServingSettings;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Topic;
import dev.holdfast.version.Counters;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.version.Provenance;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A Kafka in this process in which documents and a model version wait, and a serving node that is
 * started on it.
 *
 * <p>Not thread-safe.
 */
final class Backlog implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration LOOK = Duration.ofMillis(100);

  private final EmbeddedKafka broker;
  private final Map<String, String> kafka;
  private final KafkaProducer<DocumentKey, Document> documents;
  private final KafkaProducer<byte[], byte[]> models;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ModelParts model;
  private Optional<ServingService> service = Optional.empty();
  private long versions;

  /**
   * Starts Kafka.
   *
   * @param folder where everything is kept
   * @param weights of every version
   */
  Backlog(Path folder, Weights weights) throws IOException {
    broker = EmbeddedKafka.start(folder);
    kafka = Map.of("bootstrap.servers", broker.bootstrap());
    documents =
        new KafkaProducer<>(
            Map.copyOf(kafka),
            DocumentTopics.DOCUMENTS.keys().serializer(),
            DocumentTopics.DOCUMENTS.values().serializer());
    // As the learner writes its rounds.
    models =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "transactional.id",
                "bench",
                "linger.ms",
                "0",
                "batch.size",
                "900000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    model = ModelParts.split(weights);
    registry.config().meterFilter(KafkaMeters.filter());
  }

  /** Makes the topics and puts a version and the documents into them. */
  void fill(List<Document> waiting) throws InterruptedException, ExecutionException {
    try (Admin admin = Admin.create(Map.copyOf(kafka))) {
      List<Topic<?, ?>> topics =
          List.of(
              DocumentTopics.DOCUMENTS,
              ExtractionTopics.EXTRACTIONS,
              ModelTopics.MODELS,
              ControlTopics.CONTROL);
      admin
          .createTopics(
              topics.stream()
                  .map(
                      topic ->
                          new NewTopic(
                                  topic.name(), Optional.of(topic.partitions()), Optional.empty())
                              .configs(topic.configuration()))
                  .toList())
          .all()
          .get();
    }
    models.initTransactions();
    publish();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Document document : waiting) {
      sent.add(
          documents.send(
              new ProducerRecord<>(DocumentTopics.DOCUMENTS.name(), document.key(), document)));
    }
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  /** Publishes the weights as the next version. */
  void publish() {
    versions++;
    Manifest manifest =
        new Manifest(
            new ModelVersion(CollectionName.DEFAULT, versions),
            versions - 1,
            model.content(),
            CLOCK.instant().truncatedTo(ChronoUnit.MILLIS),
            List.of(),
            new Counters(versions, 0, 0),
            new Provenance(0, 0, 0, model.content().digest()));
    models.beginTransaction();
    model.write(manifest, this::send);
    models.commitTransaction();
  }

  private void send(ModelKey key, byte[] value) {
    String topic = ModelTopics.MODELS.name();
    byte[] bytes = ModelTopics.MODELS.keys().serializer().serialize(topic, key);
    // One that fails fails the commit.
    Future<RecordMetadata> unused = models.send(new ProducerRecord<>(topic, bytes, value));
  }

  /** How many versions were published. */
  long versions() {
    return versions;
  }

  /** Of a version. */
  long modelBytes() {
    return model.content().bytes();
  }

  /** Starts the node, which begins with the oldest document. */
  void serve(ServingSettings settings) {
    ServingService node = new ServingService(settings, kafka, registry, CLOCK);
    service = Optional.of(node);
    node.start();
  }

  /** How far the node has come. */
  record Served(long documents, long words, long transactions) {
    Served since(Served before) {
      return new Served(
          documents - before.documents, words - before.words, transactions - before.transactions);
    }
  }

  /**
   * Waits for the node to have served so many documents.
   *
   * @param waiting called with what it has served, many times a second
   * @throws IllegalStateException when it fails, or serves nothing for that long
   */
  Served await(long count, Duration patience, Consumer<Served> waiting)
      throws InterruptedException {
    long latest = System.nanoTime();
    long before = -1;
    while (true) {
      Served served = served();
      waiting.accept(served);
      if (served.documents() >= count) {
        return served;
      }
      Health health = service.orElseThrow().health();
      if (served.documents() != before) {
        before = served.documents();
        latest = System.nanoTime();
      } else if (!health.live() || System.nanoTime() - latest > patience.toNanos()) {
        throw new IllegalStateException(
            "expected %d documents to be served, was %d; serving: %s"
                .formatted(count, served.documents(), health.detail()));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private Served served() {
    return new Served(
        count(ServingMeters.DOCUMENTS),
        count(ServingMeters.WORDS),
        count(ServingMeters.TRANSACTIONS));
  }

  private long count(ServingMeters meter) {
    return (long) meter.declared().counter(registry).count();
  }

  /** Every extraction that was committed. */
  List<Extraction> extractions() {
    List<Extraction> extractions = new ArrayList<>();
    try (KafkaConsumer<byte[], Extraction> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            ExtractionTopics.EXTRACTIONS.values().deserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(ExtractionTopics.EXTRACTIONS.name()).stream()
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(LOOK).forEach(record -> extractions.add(record.value()));
      }
    }
    return extractions;
  }

  @Override
  public void close() {
    service.ifPresent(ServingService::close);
    documents.close();
    models.close();
    registry.close();
    broker.close();
  }
}
