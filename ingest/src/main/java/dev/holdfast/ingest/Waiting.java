package dev.holdfast.ingest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * An annotation that came before its document.
 *
 * @param since when it began to wait, in milliseconds of the machine's clock
 * @param original the annotation as it came
 */
record Waiting(long since, ConsumerRecord<byte[], byte[]> original) {
  Waiting {
    requireNonNull(original, "original is null");
  }

  /** What the places of all annotations that wait for a document begin with, and no others. */
  static String placesOf(DocumentKey document) {
    return document + "/";
  }

  /** The place of one of them; places sort by number. */
  static String place(DocumentKey document, int number) {
    return String.format(Locale.ROOT, "%s%010d", placesOf(document), number);
  }

  /** The number in a place. */
  static int number(String place) {
    return Integer.parseInt(place.substring(place.lastIndexOf('/') + 1));
  }

  /** The document in a place. */
  static DocumentKey document(String place) {
    return DocumentKey.parse(place.substring(0, place.lastIndexOf('/')));
  }

  /** Written as {@code since} and the {@link Original}. */
  static final class WaitingSerde implements Serde<Waiting> {
    @Override
    public Serializer<Waiting> serializer() {
      return (topic, waiting) -> waiting == null ? null : write(waiting);
    }

    @Override
    public Deserializer<Waiting> deserializer() {
      return (topic, bytes) -> bytes == null ? null : read(topic, bytes);
    }

    private static byte[] write(Waiting waiting) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeLong(waiting.since());
        Original.write(out, waiting.original());
      } catch (IOException e) {
        throw new SerializationException("cannot happen: memory does not fail to be written", e);
      }
      return bytes.toByteArray();
    }

    private static Waiting read(String topic, byte[] bytes) {
      try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
        return new Waiting(in.readLong(), Original.read(in));
      } catch (IOException e) {
        throw new SerializationException(
            "topic %s: expected a whole annotation, was %d bytes".formatted(topic, bytes.length),
            e);
      }
    }
  }
}
