package dev.holdfast.serving;

import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.extraction.ExtractionTopics;
import dev.holdfast.network.Prediction;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.topic.Forgetting;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads documents and writes one extraction for each: what one poll brings is one transaction, its
 * extractions and its offsets together. An aborted transaction is repeated from the committed
 * offsets; after too many in a row, or when another member took its place, it gives up.
 *
 * <p>A document that is forgotten has its extraction taken back: a record without a value.
 *
 * <p>A document that the model fails on is served by version 0, which finds nothing, and counted:
 * one document, or one collection's model, must not stop all others.
 *
 * <p>Owned by one thread; only {@link #wakeup} may come from another.
 */
final class ServingLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServingLoop.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Consumer<DocumentKey, Document> consumer;
  private final Producer<DocumentId, Extraction> producer;
  private final ServedModels models;
  private final ServingMeasurements measurements;
  private final InstantSource clock;
  private final int maxAborts;
  private int abortsInARow;

  /**
   * @param consumer read_committed, without automatic commits
   * @param producer transactional
   * @param maxAborts how many transactions in a row may be aborted before it gives up, at least 0
   */
  ServingLoop(
      Consumer<DocumentKey, Document> consumer,
      Producer<DocumentId, Extraction> producer,
      ServedModels models,
      ServingMeasurements measurements,
      InstantSource clock,
      int maxAborts) {
    this.consumer = consumer;
    this.producer = producer;
    this.models = models;
    this.measurements = measurements;
    this.clock = clock;
    this.maxAborts = maxAborts;
  }

  /** Joins the group, and fences a twin that has the same transactional id. */
  void start() {
    producer.initTransactions();
    consumer.subscribe(List.of(DocumentTopics.DOCUMENTS.name()));
  }

  /**
   * Waits for documents, no longer than {@code wait}, and serves them.
   *
   * @throws KafkaException when it cannot go on
   */
  void serveNext(Duration wait) {
    ConsumerRecords<DocumentKey, Document> documents = consumer.poll(wait);
    if (documents.isEmpty()) {
      return;
    }
    try {
      serve(documents);
      abortsInARow = 0;
    } catch (KafkaException e) {
      if (isFatal(e) || abortsInARow >= maxAborts) {
        throw e;
      }
      abortsInARow++;
      measurements.aborted();
      log.warn(
          "transaction of {} documents aborted, {} of at most {} in a row",
          documents.count(),
          abortsInARow,
          maxAborts,
          e);
      producer.abortTransaction();
      rewind();
      return;
    }
    measure(documents);
  }

  private void serve(ConsumerRecords<DocumentKey, Document> documents) {
    // All is read before the transaction begins: one that is open for long keeps every reader of
    // extractions waiting should this process die in it.
    List<ProducerRecord<DocumentId, Extraction>> answers = new ArrayList<>();
    documents.forEach(record -> answers.add(answer(record)));
    producer.beginTransaction();
    for (ProducerRecord<DocumentId, Extraction> answer : answers) {
      // A send that fails fails the commit.
      Future<RecordMetadata> unused = producer.send(answer);
    }
    producer.sendOffsetsToTransaction(documents.nextOffsets(), consumer.groupMetadata());
    commit();
  }

  private ProducerRecord<DocumentId, Extraction> answer(
      ConsumerRecord<DocumentKey, Document> record) {
    String topic = ExtractionTopics.EXTRACTIONS.name();
    DocumentKey key = record.key();
    return record.value() == null
        ? new ProducerRecord<>(
            topic, null, null, key.id(), null, Forgetting.ofCollection(key.collection()))
        : new ProducerRecord<>(topic, key.id(), extract(record.value()));
  }

  private Extraction extract(Document document) {
    Instant at = clock.instant();
    Timer.Sample sample = measurements.begin();
    try {
      return models.extract(document, at);
    } catch (RuntimeException e) {
      measurements.unreadable();
      log.error("document {}: the model failed, version 0 serves it", document.key(), e);
      return Extraction.of(document, Prediction.EMPTY, 0, "", at);
    } finally {
      measurements.extracted(sample);
    }
  }

  /** Whether a commit that timed out took place is not known, so it may only be asked for again. */
  private void commit() {
    Timer.Sample sample = measurements.begin();
    for (int attempt = 0; ; attempt++) {
      try {
        producer.commitTransaction();
        measurements.committed(sample);
        return;
      } catch (TimeoutException e) {
        if (attempt >= maxAborts) {
          throw new CommitUnknown("expected a commit within %d attempts".formatted(attempt + 1), e);
        }
        log.warn("commit timed out, attempt {} of at most {}", attempt + 1, maxAborts + 1);
      }
    }
  }

  /** A commit of which nobody knows whether it took place: aborting would be an error. */
  private static final class CommitUnknown extends KafkaException {
    private static final long serialVersionUID = 1;

    CommitUnknown(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static boolean isFatal(KafkaException e) {
    return e instanceof ApplicationRecoverableException // fenced
        || e instanceof InvalidConfigurationException // not allowed, not supported
        || e instanceof OutOfOrderSequenceException // the broker lost records
        || e instanceof CommitUnknown;
  }

  private void rewind() {
    Set<TopicPartition> partitions = consumer.assignment();
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(partitions);
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset == null) {
        consumer.seekToBeginning(Set.of(partition));
      } else {
        consumer.seek(partition, offset);
      }
    }
  }

  private void measure(ConsumerRecords<DocumentKey, Document> documents) {
    long now = clock.millis();
    for (ConsumerRecord<DocumentKey, Document> record : documents) {
      if (record.value() != null) {
        measurements.committed(
            record.value().tokens().size(),
            Duration.ofMillis(Math.max(0, now - record.timestamp())));
      }
    }
  }

  /** Ends a wait for documents; safe from any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    producer.close(CLOSING);
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
