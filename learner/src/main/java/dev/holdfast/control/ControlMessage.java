package dev.holdfast.control;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of {@code control}: what is asked of which collection, or why nothing can be.
 *
 * @param record as it came
 * @param collection that the key names; {@code default} without a key; empty when the key is no
 *     name
 * @param control what is asked; empty when the message is a bad one
 * @param fault of a bad message
 */
public record ControlMessage(
    ConsumerRecord<byte[], byte[]> record,
    Optional<CollectionName> collection,
    Optional<Control> control,
    Optional<BadInput> fault) {
  private static final int MAX_BYTES = 100_000;

  public ControlMessage {
    requireNonNull(record, "record is null");
    requireNonNull(collection, "collection is null");
    if (control.isPresent() == fault.isPresent()) {
      throw new IllegalArgumentException("expected a control or a fault, was both or none");
    }
  }

  /** Reads a record; never fails. */
  public static ControlMessage of(ConsumerRecord<byte[], byte[]> record) {
    Optional<CollectionName> collection = Optional.empty();
    try {
      collection = Optional.of(collection(record.key()));
      Control control = ControlJson.read(JsonInput.read(record.value(), MAX_BYTES));
      return new ControlMessage(record, collection, Optional.of(control), Optional.empty());
    } catch (BadInput e) {
      return new ControlMessage(record, collection, Optional.empty(), Optional.of(e));
    }
  }

  private static CollectionName collection(byte[] key) throws BadInput {
    if (key == null) {
      return CollectionName.DEFAULT;
    }
    try {
      return new CollectionName(new String(key, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new BadInput(
          Reason.BAD_VALUE, "key", "the name of a collection", key.length + " bytes");
    }
  }

  /** Its place among all messages. */
  public long offset() {
    return record.offset();
  }
}
