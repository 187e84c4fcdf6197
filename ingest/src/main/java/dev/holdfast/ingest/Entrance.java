package dev.holdfast.ingest;

import dev.holdfast.document.Annotation;
import dev.holdfast.document.AnnotationJson;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentJson;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Source;
import dev.holdfast.ingest.Outcome.ArrivedAnnotation;
import dev.holdfast.ingest.Outcome.ArrivedDocument;
import dev.holdfast.ingest.Outcome.ArrivedForgetting;
import dev.holdfast.ingest.Outcome.Rejection;
import dev.holdfast.topic.Forgetting;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.Limits;
import dev.holdfast.wire.Reason;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads each record of a public topic once: what is valid goes on under the key of its document,
 * the rest becomes a rejection without a key.
 */
final class Entrance extends ContextualProcessor<byte[], byte[], DocumentKey, Outcome> {
  private final Reader reader;
  private final Limits limits;

  /** Makes an arrival of a record. */
  @FunctionalInterface
  interface Reader {
    Keyed read(ConsumerRecord<byte[], byte[]> original, Limits limits) throws BadInput;
  }

  /** An arrival and the document it belongs to. */
  record Keyed(DocumentKey key, Outcome.Arrival arrival) {}

  Entrance(Reader reader, Limits limits) {
    this.reader = reader;
    this.limits = limits;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    ConsumerRecord<byte[], byte[]> original =
        Original.of(context().recordMetadata().orElseThrow(), record);
    try {
      Keyed keyed = reader.read(original, limits);
      context().forward(record.withKey(keyed.key()).withValue(keyed.arrival()));
    } catch (BadInput e) {
      context().forward(record.withKey((DocumentKey) null).withValue(new Rejection(original, e)));
    }
  }

  /**
   * Reads a document, or that one is to be forgotten. A document must keep to the limit as Holdfast
   * writes it, too, where page and line are never left out.
   */
  static Keyed document(ConsumerRecord<byte[], byte[]> original, Limits limits) throws BadInput {
    if (original.value() == null) {
      return new Keyed(
          Forgetting.asked(original.key(), original.headers()), new ArrivedForgetting());
    }
    Document document = DocumentJson.read(JsonInput.read(original.value(), limits.bytes()), limits);
    byte[] json = JsonOutput.bytes(DocumentJson::write, document);
    if (json.length > limits.bytes()) {
      throw new BadInput(
          Reason.TOO_LARGE,
          "$",
          "at most %d bytes with page and line of each token".formatted(limits.bytes()),
          json.length + " bytes");
    }
    return new Keyed(document.key(), new ArrivedDocument(Bytes.wrap(json)));
  }

  /** Reads an annotation. It is kept as it came, so its key and headers count as well. */
  static Keyed annotation(ConsumerRecord<byte[], byte[]> original, Limits limits) throws BadInput {
    Annotation annotation = readAnnotation(original, limits);
    long size = Original.size(original);
    if (size > 2L * limits.bytes()) {
      throw new BadInput(
          Reason.TOO_LARGE,
          "$",
          "at most %d bytes with key and headers".formatted(2L * limits.bytes()),
          size + " bytes");
    }
    return new Keyed(annotation.document(), new ArrivedAnnotation(original));
  }

  /**
   * The annotation in a record. One without a time was made when its record was; one without a
   * source stays without, so it is kept and not learned.
   */
  static Annotation readAnnotation(ConsumerRecord<byte[], byte[]> original, Limits limits)
      throws BadInput {
    return AnnotationJson.read(
        JsonInput.read(original.value(), limits.bytes()),
        limits,
        new AnnotationJson.Defaults(new Source(""), Instant.ofEpochMilli(original.timestamp())));
  }
}
