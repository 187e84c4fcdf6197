package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes steps, each with its offsets in one transaction, or nothing of it.
 *
 * <p>Not thread-safe.
 */
final class RoundTransactions implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RoundTransactions.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Producer<byte[], byte[]> producer;
  private final int maxAborts;
  private final LearnerMeasurements measurements;
  private int abortsInARow;

  /**
   * What is known of a transaction that has committed.
   *
   * @param journalOffset of its journal record, if it has one
   */
  record Committed(OptionalLong journalOffset) {}

  /**
   * @param producer transactional
   * @param maxAborts how many transactions in a row may be aborted, at least 0
   */
  RoundTransactions(
      Producer<byte[], byte[]> producer, int maxAborts, LearnerMeasurements measurements) {
    this.producer = requireNonNull(producer, "producer is null");
    this.maxAborts = maxAborts;
    this.measurements = measurements;
  }

  /** Fences a twin that has the same transactional id, and ends what an earlier life left open. */
  void start() {
    producer.initTransactions();
  }

  /**
   * Commits the step.
   *
   * @param examples the partition that its offset is of
   * @return empty when it was aborted: nothing of it is in the log
   * @throws KafkaException when it cannot go on, or does not know whether it committed
   */
  Optional<Committed> commit(TopicPartition examples, Step step, ConsumerGroupMetadata group) {
    try {
      Committed committed = write(examples, step, group);
      abortsInARow = 0;
      return Optional.of(committed);
    } catch (KafkaException e) {
      if (isFatal(e) || abortsInARow >= maxAborts) {
        throw e;
      }
      abortsInARow++;
      measurements.aborted();
      log.warn("step aborted, {} of at most {} in a row", abortsInARow, maxAborts, e);
      producer.abortTransaction();
      return Optional.empty();
    }
  }

  private Committed write(TopicPartition examples, Step step, ConsumerGroupMetadata group) {
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> record : step.records()) {
      sent.add(producer.send(record));
    }
    producer.sendOffsetsToTransaction(
        Map.of(examples, new OffsetAndMetadata(step.nextOffset())), group);
    producer.commitTransaction();
    return new Committed(
        step.round().isPresent() ? OptionalLong.of(offset(sent.get(0))) : OptionalLong.empty());
  }

  /** Of a record whose transaction has committed, so nothing is waited for. */
  private static long offset(Future<RecordMetadata> sent) {
    try {
      return sent.get().offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException("expected a committed record to have been sent", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static boolean isFatal(KafkaException e) {
    return e instanceof ApplicationRecoverableException // fenced
        || e instanceof InvalidConfigurationException // not allowed, not supported
        || e instanceof OutOfOrderSequenceException // the broker lost records
        || e instanceof TimeoutException // it may have committed
        || e instanceof InterruptException;
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
