package dev.holdfast.ingest;

import static dev.holdfast.topic.DocumentTopics.ANNOTATIONS_IN;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS;
import static dev.holdfast.topic.DocumentTopics.DOCUMENTS_IN;
import static dev.holdfast.topic.DocumentTopics.EXAMPLES;
import static dev.holdfast.topic.DocumentTopics.REJECTED;

import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentFixtures;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.topic.Topic;
import dev.holdfast.wire.JsonOutput;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology with its topics at hand, without a broker. */
final class IngestDriver implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
  static final int MAX_BYTES = 2_000;

  private static final Map<String, String> SETTINGS =
      Map.of(
          "ingest.max-bytes", Integer.toString(MAX_BYTES),
          "ingest.max-tokens", "20",
          "ingest.max-pages", "3",
          "ingest.max-text-length", "100",
          "ingest.max-fields", "10",
          "ingest.max-values-per-field", "10",
          "ingest.wait-for-document-seconds", "86400",
          "ingest.max-waiting-per-document", "3");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> documentsIn;
  private final TestInputTopic<byte[], byte[]> annotationsIn;
  private final TestOutputTopic<DocumentKey, Document> documents;
  private final TestOutputTopic<CollectionName, Example> examples;
  private final TestOutputTopic<byte[], byte[]> rejected;

  IngestDriver(Path directory) {
    IngestSettings settings = IngestSettings.from(new SettingsReader(SETTINGS, "ingest"));
    Properties properties = IngestService.properties(settings, Map.of("bootstrap.servers", "-"));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
    driver =
        new TopologyTestDriver(
            IngestTopology.build(settings, registry, () -> NOW), properties, NOW);
    documentsIn = in(DOCUMENTS_IN);
    annotationsIn = in(ANNOTATIONS_IN);
    documents = out(DOCUMENTS);
    examples = out(EXAMPLES);
    rejected = out(REJECTED);
  }

  private TestInputTopic<byte[], byte[]> in(Topic<byte[], byte[]> topic) {
    return driver.createInputTopic(
        topic.name(), topic.keys().serializer(), topic.values().serializer());
  }

  private <K, V> TestOutputTopic<K, V> out(Topic<K, V> topic) {
    return driver.createOutputTopic(
        topic.name(), topic.keys().deserializer(), topic.values().deserializer());
  }

  void document(Document document) {
    document(document.id().value(), document, DocumentFixtures.AT);
  }

  void document(String key, Document document, Instant at) {
    send(documentsIn, utf8(key), JsonOutput.bytes(DocumentJson::write, document), at);
  }

  void documentRecord(byte[] key, byte[] value, Headers headers) {
    documentsIn.pipeInput(new TestRecord<>(key, value, headers, DocumentFixtures.AT));
  }

  void forget(Document document) {
    documentRecord(
        utf8(document.id().value()), null, Forgetting.ofCollection(document.collection()));
  }

  void annotation(DocumentFixtures.Said said) {
    annotation(said, said.at());
  }

  void annotation(DocumentFixtures.Said said, Instant at) {
    byte[] json = JsonOutput.bytes(AnnotationJson::write, said.annotation());
    send(annotationsIn, utf8("of any key"), json, at);
  }

  void annotationBytes(String json, Instant at) {
    send(annotationsIn, null, utf8(json), at);
  }

  void annotationRecord(byte[] key, byte[] value, Headers headers) {
    annotationsIn.pipeInput(new TestRecord<>(key, value, headers, DocumentFixtures.AT));
  }

  private static void send(
      TestInputTopic<byte[], byte[]> topic, byte[] key, byte[] value, Instant at) {
    topic.pipeInput(new TestRecord<>(key, value, new RecordHeaders(), at.toEpochMilli()));
  }

  List<KeyValue<DocumentKey, Document>> documents() {
    return documents.readKeyValuesToList();
  }

  List<Example> examples() {
    return examples.readValuesToList();
  }

  List<TestRecord<CollectionName, Example>> exampleRecords() {
    return examples.readRecordsToList();
  }

  List<TestRecord<byte[], byte[]>> rejected() {
    return rejected.readRecordsToList();
  }

  void pass(Duration time) {
    driver.advanceWallClockTime(time);
  }

  double count(String meter, String... tags) {
    return registry.get("holdfast.ingest." + meter).tags(tags).counter().count();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    driver.close();
  }
}
