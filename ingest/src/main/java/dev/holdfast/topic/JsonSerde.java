package dev.holdfast.topic;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * JSON by hand-written writer and reader, for topics that Holdfast itself writes. A value that
 * cannot be read back is a broken assumption and throws {@link SerializationException}; bad input
 * from outside never comes this way.
 *
 * <p>Thread-safe when writer and reader are.
 */
public final class JsonSerde<T> implements Serde<T> {

  /** Reads what the writer wrote. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(JsonInput in) throws BadInput;
  }

  private final JsonOutput.Writer<T> writer;
  private final Reader<T> reader;

  public JsonSerde(JsonOutput.Writer<T> writer, Reader<T> reader) {
    this.writer = requireNonNull(writer, "writer is null");
    this.reader = requireNonNull(reader, "reader is null");
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) -> value == null ? null : JsonOutput.bytes(writer, value);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) -> {
      if (bytes == null) {
        return null;
      }
      try {
        return reader.read(JsonInput.read(bytes, Integer.MAX_VALUE));
      } catch (BadInput e) {
        throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
      }
    };
  }
}
