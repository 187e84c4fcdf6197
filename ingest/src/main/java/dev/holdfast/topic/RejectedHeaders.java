package dev.holdfast.topic;

import dev.holdfast.wire.BadInput;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What the headers of a {@link DocumentTopics#REJECTED} record say: the headers of the record that
 * was refused, those of Kafka Streams' own dead-letter queue with the fault and the place, and
 * {@value #REASON} with the code of the reason. All values are UTF-8 text.
 */
public final class RejectedHeaders {
  /** The class of the complaint; named as in Kafka Streams' {@code ExceptionHandlerUtils}. */
  public static final String EXCEPTION = "__streams.errors.exception";

  /** What was expected, where, and what was found. */
  public static final String MESSAGE = "__streams.errors.message";

  /** The topic that it came from. */
  public static final String TOPIC = "__streams.errors.topic";

  /** The partition that it came from. */
  public static final String PARTITION = "__streams.errors.partition";

  /** The offset that it had there. */
  public static final String OFFSET = "__streams.errors.offset";

  /** The code of the reason. */
  public static final String REASON = DocumentTopics.REASON_HEADER;

  private RejectedHeaders() {}

  /** The headers of a record that is refused. */
  public static Headers of(ConsumerRecord<byte[], byte[]> original, BadInput why) {
    Headers headers = new RecordHeaders(original.headers());
    set(headers, EXCEPTION, BadInput.class.getName());
    set(headers, MESSAGE, why.getMessage());
    set(headers, TOPIC, original.topic());
    set(headers, PARTITION, Integer.toString(original.partition()));
    set(headers, OFFSET, Long.toString(original.offset()));
    set(headers, REASON, why.reason().code());
    return headers;
  }

  /** Sets a header to this value alone. */
  public static void set(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
