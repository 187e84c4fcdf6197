package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.ServingFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.process.Role;
import dev.holdfast.process.Route;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ServingServiceTest {
  private static final TopicPartition DOCUMENTS =
      new TopicPartition(DocumentTopics.DOCUMENTS.name(), 0);
  private static final TopicPartition MODELS = new TopicPartition(ModelTopics.MODELS.name(), 0);

  private static final TopicPartition CONTROL = new TopicPartition(ControlTopics.CONTROL.name(), 0);

  private final MockConsumer<DocumentKey, Document> documents = new MockConsumer<>("earliest");
  private final MockConsumer<byte[], byte[]> models = new MockConsumer<>("earliest");
  private final MockProducer<DocumentId, Extraction> extractions =
      new MockProducer<>(
          true,
          null,
          ExtractionTopics.EXTRACTIONS.keys().serializer(),
          ExtractionTopics.EXTRACTIONS.values().serializer());
  private final MockProducer<byte[], byte[]> inbox =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final AtomicInteger closed = new AtomicInteger();
  private final ServingService service =
      new ServingService(
          new ServingSettings("1", 1, 100, 0, Duration.ofSeconds(1), Conventions.NONE),
          new FakeClients(),
          (version, digest, weights) ->
              ServedModel.load(version, digest, weights, Optional.empty()),
          new SimpleMeterRegistry(),
          InstantSource.fixed(Instant.EPOCH),
          closed::incrementAndGet);

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void servesNothingBeforeTheVersionsThatAreThereHaveBeenRead() {
    modelsTopic(1);
    service.start();
    await().until(() -> !models.assignment().isEmpty());

    assertThat(service.health().ready()).isFalse();
    assertThat(extractions.transactionInitialized()).isFalse();

    byte[] key =
        ModelKey.manifest(new ModelVersion(SHOP, 1)).toString().getBytes(StandardCharsets.UTF_8);
    models.schedulePollTask(
        () -> models.addRecord(new ConsumerRecord<>(MODELS.topic(), 0, 0, key, null)));
    await().until(() -> service.health().ready());
    await().until(() -> !documents.subscription().isEmpty());
    assign(document(SHOP, "a"));
    await().until(() -> extractions.history().size() == 1);
    assertThat(extractions.history().get(0).key()).isEqualTo(new DocumentId("a"));
  }

  @Test
  void aLoopThatBreaksFailsTheService() {
    modelsTopic(0);
    service.start();
    await().until(() -> !documents.subscription().isEmpty());
    documents.setPollException(new KafkaException("broken for the test"));

    await().until(() -> !service.health().live());

    assertThat(service.health().detail()).contains("serving-1").contains("broken for the test");
  }

  @Test
  void aFollowerThatBreaksFailsTheService() {
    service.start();

    await().until(() -> !service.health().live());

    assertThat(service.health().detail()).contains("expected a topic models, found none");
    assertThat(documents.subscription()).isEmpty();
  }

  @Test
  void closingEndsEveryClientAndIsNoFailure() {
    modelsTopic(0);
    service.start();
    await().until(() -> service.health().ready());

    service.close();
    service.close();

    assertThat(service.health().live()).isTrue();
    assertThat(service.health().ready()).isFalse();
    assertThat(documents.closed()).isTrue();
    assertThat(models.closed()).isTrue();
    assertThat(extractions.closed()).isTrue();
    assertThat(inbox.closed()).isTrue();
    assertThat(closed).hasValue(1);
  }

  @Test
  void closingBeforeTheStartEndsEveryClientToo() {
    service.close();

    assertThat(documents.closed()).isTrue();
    assertThat(models.closed()).isTrue();
    assertThat(extractions.closed()).isTrue();
    assertThatThrownBy(service::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void eachRouteOfTheHttpApiNeedsTheRoleThatItIsFor() {
    assertThat(service.routes())
        .extracting(Route::method, Route::path, Route::role)
        .containsExactly(
            tuple("POST", "/v1/extract", Optional.of(Role.SUBMIT)),
            tuple("POST", "/v1/documents", Optional.of(Role.SUBMIT)),
            tuple("DELETE", "/v1/documents/*", Optional.of(Role.OPERATE)),
            tuple("POST", "/v1/annotations", Optional.of(Role.ANNOTATE)),
            tuple("GET", "/v1/models", Optional.of(Role.READ)));
  }

  /** Nobody promises how soon: this is for the slowest of machines. */
  private static ConditionFactory await() {
    return Awaitility.await().atMost(Duration.ofMinutes(1));
  }

  private void modelsTopic(long end) {
    Node node = new Node(0, "localhost", 9092);
    Map<TopicPartition, Long> ends = Map.of(MODELS, end, CONTROL, 0L);
    for (TopicPartition topic : ends.keySet()) {
      PartitionInfo info =
          new PartitionInfo(topic.topic(), 0, node, new Node[] {node}, new Node[] {node});
      models.updatePartitions(topic.topic(), List.of(info));
      models.updateBeginningOffsets(Map.of(topic, 0L));
    }
    models.updateEndOffsets(ends);
  }

  private void assign(Document document) {
    documents.schedulePollTask(
        () -> {
          documents.updateBeginningOffsets(Map.of(DOCUMENTS, 0L));
          documents.rebalance(List.of(DOCUMENTS));
          documents.addRecord(
              new ConsumerRecord<>(DOCUMENTS.topic(), 0, 0, document.key(), document));
        });
  }

  private final class FakeClients implements Clients {
    @Override
    public Consumer<DocumentKey, Document> documents(int loop) {
      return documents;
    }

    @Override
    public Producer<DocumentId, Extraction> extractions(int loop) {
      return extractions;
    }

    @Override
    public Consumer<byte[], byte[]> models() {
      return models;
    }

    @Override
    public Producer<byte[], byte[]> inbox() {
      return inbox;
    }
  }
}
