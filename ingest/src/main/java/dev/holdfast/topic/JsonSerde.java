package dev.holdfast.topic;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.BadInput;
import dev.holdfast.wire.JsonInput;
import dev.holdfast.wire.JsonOutput;
import dev.holdfast.wire.JsonStream;
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
  private final FromBytes<T> reader;

  @FunctionalInterface
  private interface FromBytes<T> {
    T read(byte[] bytes) throws BadInput;
  }

  public JsonSerde(JsonOutput.Writer<T> writer, Reader<T> reader) {
    this(writer, fromTree(requireNonNull(reader, "reader is null")));
  }

  private JsonSerde(JsonOutput.Writer<T> writer, FromBytes<T> reader) {
    this.writer = requireNonNull(writer, "writer is null");
    this.reader = reader;
  }

  /** One that reads large messages fast. */
  public static <T> JsonSerde<T> streamed(
      JsonOutput.Writer<T> writer, JsonStream.Reader<T> reader) {
    requireNonNull(reader, "reader is null");
    FromBytes<T> fromBytes = bytes -> JsonStream.read(bytes, reader);
    return new JsonSerde<>(writer, fromBytes);
  }

  private static <T> FromBytes<T> fromTree(Reader<T> reader) {
    return bytes -> reader.read(JsonInput.read(bytes, Integer.MAX_VALUE));
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
        return reader.read(bytes);
      } catch (BadInput e) {
        throw new SerializationException("topic " + topic + ": " + e.getMessage(), e);
      }
    };
  }
}
