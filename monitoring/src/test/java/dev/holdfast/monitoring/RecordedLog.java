package dev.holdfast.monitoring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * The topics that monitoring reads, one partition each, as a test writes them. Records can be added
 * once the consumer has its partitions; they come with the next poll.
 */
final class RecordedLog {
  private static final String EXTRACTIONS = ExtractionTopics.EXTRACTIONS.name();
  private static final String EXAMPLES = DocumentTopics.EXAMPLES.name();
  private static final String MODELS = ModelTopics.MODELS.name();
  private static final String REFUSALS = ModelTopics.REFUSALS.name();
  private static final String REJECTED = DocumentTopics.REJECTED.name();

  private static final String DOCUMENTS = DocumentTopics.DOCUMENTS.name();

  private final List<DriftEvent> told = new ArrayList<>();
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  RecordedLog() {
    for (String topic : List.of(DOCUMENTS, EXTRACTIONS, EXAMPLES, MODELS, REFUSALS, REJECTED)) {
      consumer.updatePartitions(topic, List.of(new PartitionInfo(topic, 0, null, null, null)));
      ends.put(partition(topic), 0L);
    }
    consumer.updateBeginningOffsets(ends);
    consumer.updateEndOffsets(ends);
  }

  MockConsumer<byte[], byte[]> consumer() {
    return consumer;
  }

  /** A log in memory; all of this recording tell to the same. */
  DriftLog driftLog() {
    return new DriftLog() {
      @Override
      public List<DriftEvent> takeOver() {
        return List.copyOf(told);
      }

      @Override
      public void tell(DriftEvent event) {
        told.add(event);
      }

      @Override
      public void close() {
        // It is only a list.
      }
    };
  }

  /** What was told, by whomever. */
  List<DriftEvent> told() {
    return told;
  }

  /** Was told before. */
  void told(List<DriftEvent> before) {
    told.addAll(before);
  }

  void document(long atMillis, Document document) {
    bytes(
        DOCUMENTS,
        atMillis,
        DocumentTopics.DOCUMENTS.values().serializer().serialize(DOCUMENTS, document));
  }

  Set<TopicPartition> extractionPartitions() {
    return Set.of(partition(EXTRACTIONS));
  }

  /** That a document of the default collection is forgotten, on every topic that says so. */
  void forgotten(long atMillis, String document) {
    add(DOCUMENTS, atMillis, ("default/" + document).getBytes(UTF_8), null, new RecordHeaders());
    add(
        EXAMPLES,
        atMillis,
        "default".getBytes(UTF_8),
        null,
        Forgetting.ofDocument(new DocumentId(document)));
    add(
        EXTRACTIONS,
        atMillis,
        document.getBytes(UTF_8),
        null,
        Forgetting.ofCollection(CollectionName.DEFAULT));
  }

  void extraction(long atMillis, Extraction extraction) {
    byte[] key =
        ExtractionTopics.EXTRACTIONS
            .keys()
            .serializer()
            .serialize(EXTRACTIONS, extraction.document().id());
    byte[] value =
        ExtractionTopics.EXTRACTIONS.values().serializer().serialize(EXTRACTIONS, extraction);
    add(EXTRACTIONS, atMillis, key, value, new RecordHeaders());
  }

  void example(long atMillis, Example example) {
    bytes(
        EXAMPLES,
        atMillis,
        DocumentTopics.EXAMPLES.values().serializer().serialize(EXAMPLES, example));
  }

  /** One more example is on the broker; {@link #example} brings it. */
  void exampleNotYetFetched() {
    consumer.updateEndOffsets(Map.of(partition(EXAMPLES), ends.get(partition(EXAMPLES)) + 1));
  }

  void manifest(long atMillis, Manifest manifest) {
    model(atMillis, ModelKey.manifest(manifest.version()), ManifestJson.bytes(manifest));
  }

  void model(long atMillis, ModelKey key, byte[] value) {
    add(MODELS, atMillis, key.toString().getBytes(UTF_8), value, new RecordHeaders());
  }

  void refusal(long atMillis, Refusal refusal) {
    bytes(
        REFUSALS,
        atMillis,
        ModelTopics.REFUSALS.values().serializer().serialize(REFUSALS, refusal));
  }

  void rejected(long atMillis, String reason) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(DocumentTopics.REASON_HEADER, reason.getBytes(UTF_8));
    add(REJECTED, atMillis, new byte[0], new byte[0], headers);
  }

  void bytes(String topic, long atMillis, byte[] value) {
    add(topic, atMillis, "default".getBytes(UTF_8), value, new RecordHeaders());
  }

  private void add(String topic, long atMillis, byte[] key, byte[] value, Headers headers) {
    TopicPartition partition = partition(topic);
    long offset = ends.merge(partition, 1L, Long::sum) - 1;
    consumer.updateEndOffsets(Map.of(partition, offset + 1));
    consumer.addRecord(
        new ConsumerRecord<>(
            topic,
            0,
            offset,
            atMillis,
            TimestampType.CREATE_TIME,
            0,
            0,
            key,
            value,
            headers,
            Optional.empty()));
  }

  private static TopicPartition partition(String topic) {
    return new TopicPartition(topic, 0);
  }
}
