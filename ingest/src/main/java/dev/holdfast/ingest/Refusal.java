package dev.holdfast.ingest;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.ingest.Outcome.Rejection;
import dev.holdfast.topic.RejectedHeaders;
import dev.holdfast.wire.BadInput;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a rejection as the record it was: key, value, timestamp and headers as they came, and
 * besides the {@link RejectedHeaders}.
 *
 * <p>A record of more than {@value #MAX_BYTES} bytes could not be written; its value is left out
 * and {@value #LEFT_OUT} says how many bytes it had. It still stands where the headers say.
 */
final class Refusal extends ContextualProcessor<DocumentKey, Rejection, byte[], byte[]> {
  static final String LEFT_OUT = "holdfast.left-out.bytes";
  static final int MAX_BYTES = 10_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

  private final MeterRegistry registry;

  Refusal(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void process(Record<DocumentKey, Rejection> record) {
    ConsumerRecord<byte[], byte[]> original = record.value().original();
    BadInput why = record.value().why();
    IngestMeters.REJECTED.counter(registry, why.reason().code()).increment();
    LOG.debug(
        "{}-{}@{} rejected: {}, {}",
        original.topic(),
        original.partition(),
        original.offset(),
        why.reason().code(),
        why.getMessage());
    Headers headers = RejectedHeaders.of(original, why);
    byte[] key = original.key();
    byte[] value = original.value();
    if (Original.size(original) > MAX_BYTES) {
      RejectedHeaders.set(headers, LEFT_OUT, Integer.toString(value == null ? 0 : value.length));
      value = null;
    }
    context().forward(new Record<>(key, value, original.timestamp(), headers));
  }
}
