package dev.holdfast.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes JSON messages: UTF-8, one line, keys in the order they are written. */
public final class JsonOutput {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonOutput() {}

  /** Writes one value of type {@code T} as one JSON value. */
  @FunctionalInterface
  public interface Writer<T> {
    void write(JsonGenerator out, T value) throws IOException;
  }

  /** The JSON that {@code writer} makes of {@code value}. */
  public static <T> byte[] bytes(Writer<T> writer, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
      writer.write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }
}
