package dev.holdfast.serving;

import static dev.holdfast.serving.ServingFixtures.BANK;
import static dev.holdfast.serving.ServingFixtures.SHOP;
import static dev.holdfast.serving.ServingFixtures.TOTAL;
import static dev.holdfast.serving.ServingFixtures.document;
import static dev.holdfast.serving.ServingFixtures.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Conventions;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.junit.jupiter.api.Test;

class ServingLoopTest {
  private static final TopicPartition PARTITION =
      new TopicPartition(DocumentTopics.DOCUMENTS.name(), 0);
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static final int MAX_ABORTS = 3;

  private final MockConsumer<DocumentKey, Document> consumer = new MockConsumer<>("earliest");
  private final MockProducer<DocumentId, Extraction> producer =
      new MockProducer<>(
          true,
          null,
          ExtractionTopics.EXTRACTIONS.keys().serializer(),
          ExtractionTopics.EXTRACTIONS.values().serializer());
  private final ServedModels models = new ServedModels(Conventions.NONE);
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final ServingLoop loop =
      new ServingLoop(
          consumer,
          producer,
          models,
          new ServingMeasurements(registry, models, InstantSource.fixed(NOON)),
          InstantSource.fixed(NOON),
          MAX_ABORTS);
  private long end;

  @Test
  void everyDocumentHasOneExtractionThatNamesItsVersion() {
    models.replace(SHOP, model(4));
    start();
    add(document(SHOP, "a"));
    add(document(BANK, "b"));
    add(document(SHOP, "c"));

    loop.serveNext(Duration.ZERO);

    assertThat(ids()).containsExactly("a", "b", "c");
    assertThat(producer.history()).extracting(r -> r.value().version()).containsExactly(4L, 0L, 4L);
    assertThat(producer.history()).extracting(r -> r.value().at()).containsOnly(NOON);
    assertThat(producer.history().get(0).value().fields()).containsOnlyKeys(TOTAL);
  }

  @Test
  void theExtractionOfAForgottenDocumentIsTakenBack() {
    start();
    Document document = document(SHOP, "a");
    consumer.addRecord(
        new ConsumerRecord<>(
            PARTITION.topic(), PARTITION.partition(), end++, document.key(), null));

    loop.serveNext(Duration.ZERO);

    ProducerRecord<DocumentId, Extraction> sent = producer.history().get(0);
    assertThat(sent.value()).isNull();
    assertThat(Forgetting.extraction(sent.key(), sent.headers())).contains(document.key());
    assertThat(committed()).isEqualTo(1);
    assertThat(registry.get("holdfast.serving.documents").counter().count()).isZero();
  }

  @Test
  void extractionsAndOffsetsAreOneTransaction() {
    start();
    add(document(SHOP, "a"));
    add(document(SHOP, "b"));

    loop.serveNext(Duration.ZERO);

    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(committed()).isEqualTo(2);
  }

  @Test
  void withoutDocumentsThereIsNoTransaction() {
    start();

    loop.serveNext(Duration.ZERO);

    assertThat(producer.transactionInFlight()).isFalse();
    assertThat(producer.commitCount()).isZero();
  }

  @Test
  void anAbortedTransactionIsRepeatedFromTheCommittedOffsetsAndNothingElseIs() {
    start();
    add(document(SHOP, "a"));
    loop.serveNext(Duration.ZERO);
    keepCommittedOffsets();
    add(document(SHOP, "b"));
    add(document(SHOP, "c"));
    producer.commitTransactionException = new TransactionAbortableException("no");

    loop.serveNext(Duration.ZERO);

    assertThat(ids()).containsExactly("a");
    assertThat(producer.transactionInFlight()).isFalse();
    producer.commitTransactionException = null;
    addAgain(document(SHOP, "b"), 1);
    addAgain(document(SHOP, "c"), 2);
    loop.serveNext(Duration.ZERO);
    assertThat(ids()).containsExactly("a", "b", "c");
    assertThat(committed()).isEqualTo(3);
    assertThat(registry.get("holdfast.serving.aborts").counter().count()).isEqualTo(1);
  }

  @Test
  void withoutCommittedOffsetsItRewindsToTheBeginning() {
    start();
    add(document(SHOP, "a"));
    producer.sendOffsetsToTransactionException = new KafkaException("no");

    loop.serveNext(Duration.ZERO);

    assertThat(consumer.position(PARTITION)).isZero();
  }

  @Test
  void tooManyAbortsInARowEndTheLoop() {
    start();
    producer.sendOffsetsToTransactionException = new TransactionAbortableException("no");
    add(document(SHOP, "a"));
    loop.serveNext(Duration.ZERO);
    for (int i = 1; i < MAX_ABORTS; i++) {
      addAgain(document(SHOP, "a"), 0);
      loop.serveNext(Duration.ZERO);
    }
    addAgain(document(SHOP, "a"), 0);

    assertThatThrownBy(() -> loop.serveNext(Duration.ZERO))
        .isSameAs(producer.sendOffsetsToTransactionException);
    assertThat(producer.history()).isEmpty();
  }

  @Test
  void aCommitBetweenThemStartsTheCountOfAbortsAgain() {
    start();
    add(document(SHOP, "a"));
    for (int i = 0; i < 2 * MAX_ABORTS; i++) {
      producer.commitTransactionException = new TransactionAbortableException("no");
      loop.serveNext(Duration.ZERO);
      producer.commitTransactionException = null;
      addAgain(document(SHOP, "a"), 0);
      loop.serveNext(Duration.ZERO);
      addAgain(document(SHOP, "a"), 0);
      consumer.seek(PARTITION, 0);
    }

    assertThat(registry.get("holdfast.serving.aborts").counter().count()).isEqualTo(2 * MAX_ABORTS);
  }

  @Test
  void aFencedLoopEndsAndCommitsNothing() {
    start();
    add(document(SHOP, "a"));
    producer.fenceProducer();

    assertThatThrownBy(() -> loop.serveNext(Duration.ZERO))
        .isInstanceOf(ProducerFencedException.class);
    assertThat(producer.history()).isEmpty();
    assertThat(producer.transactionAborted()).isFalse();
  }

  @Test
  void aCommitThatTimesOutIsAskedForAgainAndNeverAborted() {
    start();
    add(document(SHOP, "a"));
    producer.commitTransactionException = new TimeoutException("late");

    assertThatThrownBy(() -> loop.serveNext(Duration.ZERO))
        .isInstanceOf(KafkaException.class)
        .hasMessage("expected a commit within %d attempts".formatted(MAX_ABORTS + 1));
    assertThat(producer.transactionAborted()).isFalse();
  }

  @Test
  void aDocumentTheModelFailsOnIsServedByVersionZeroAndTheOthersByTheirs() {
    models.replace(
        SHOP,
        model(
            5,
            document -> {
              if (document.id().value().equals("bad")) {
                throw new IllegalStateException("not finite");
              }
              return ServingFixtures.found();
            },
            new AtomicInteger()));
    start();
    add(document(SHOP, "a"));
    add(document(SHOP, "bad"));
    add(document(SHOP, "c"));

    loop.serveNext(Duration.ZERO);

    assertThat(ids()).containsExactly("a", "bad", "c");
    assertThat(producer.history()).extracting(r -> r.value().version()).containsExactly(5L, 0L, 5L);
    assertThat(registry.get("holdfast.serving.unreadable").counter().count()).isEqualTo(1);
  }

  @Test
  void documentsAndWordsAreCounted() {
    start();
    add(document(SHOP, "a"));
    add(document(SHOP, "b"));

    loop.serveNext(Duration.ZERO);

    assertThat(registry.get("holdfast.serving.words").counter().count()).isEqualTo(4);
    assertThat(registry.get("holdfast.serving.extract").timer().count()).isEqualTo(2);
    assertThat(registry.get("holdfast.serving.documents").counter().count()).isEqualTo(2);
    assertThat(registry.get("holdfast.serving.transactions").counter().count()).isEqualTo(1);
  }

  private void start() {
    loop.start();
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    consumer.rebalance(List.of(PARTITION));
  }

  private void add(Document document) {
    addAgain(document, end++);
  }

  /** The fake hands out a record once, so one that is to be read again is added again. */
  private void addAgain(Document document, long offset) {
    consumer.addRecord(
        new ConsumerRecord<>(PARTITION.topic(), 0, offset, document.key(), document));
  }

  /** The fake producer keeps offsets to itself; a broker would give them back to the consumer. */
  private void keepCommittedOffsets() {
    consumer.commitSync(lastOffsets());
  }

  private long committed() {
    return lastOffsets().get(PARTITION).offset();
  }

  private Map<TopicPartition, OffsetAndMetadata> lastOffsets() {
    var history = producer.consumerGroupOffsetsHistory();
    return history.get(history.size() - 1).values().iterator().next();
  }

  private List<String> ids() {
    return producer.history().stream().map(ProducerRecord::key).map(DocumentId::value).toList();
  }
}
