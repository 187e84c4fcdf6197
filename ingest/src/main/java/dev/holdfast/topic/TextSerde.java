package dev.holdfast.topic;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** Keys that are text: {@link Object#toString} out, a parser in. Thread-safe when the parser is. */
public final class TextSerde<T> implements Serde<T> {
  private final Function<String, T> parser;

  public TextSerde(Function<String, T> parser) {
    this.parser = requireNonNull(parser, "parser is null");
  }

  @Override
  public Serializer<T> serializer() {
    return (topic, value) ->
        value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Deserializer<T> deserializer() {
    return (topic, bytes) ->
        bytes == null ? null : parser.apply(new String(bytes, StandardCharsets.UTF_8));
  }
}
