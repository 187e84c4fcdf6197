package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.document.Statement;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.LearnedExample;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * An example in its place in the log.
 *
 * @param offset in its partition
 * @param timestamp Kafka's, of the annotation that completed it
 * @param example what is known
 */
record ExampleRecord(long offset, Instant timestamp, Example example) implements Entry {
  ExampleRecord {
    requireNonNull(timestamp, "timestamp is null");
    requireNonNull(example, "example is null");
  }

  @Override
  public CollectionName collection() {
    return example.document().collection();
  }

  /** Whether there is anything in it to learn. */
  boolean teaches() {
    return !example.taught().isEmpty();
  }

  /**
   * The record as it came.
   *
   * @param partition of {@code examples}
   */
  ConsumerRecord<byte[], byte[]> record(int partition) {
    String topic = DocumentTopics.EXAMPLES.name();
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp.toEpochMilli(),
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        DocumentTopics.EXAMPLES.keys().serializer().serialize(topic, collection()),
        DocumentTopics.EXAMPLES.values().serializer().serialize(topic, example),
        new RecordHeaders(),
        Optional.empty());
  }

  /** How a manifest names it. */
  LearnedExample learned() {
    String annotator =
        example.statements().values().stream()
            .filter(statement -> statement.source().teaches())
            .max(Comparator.comparing(Statement::at))
            .map(Statement::annotator)
            .orElse("");
    return new LearnedExample(example.document().id(), annotator, timestamp);
  }
}
