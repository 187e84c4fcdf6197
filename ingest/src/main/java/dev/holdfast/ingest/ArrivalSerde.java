package dev.holdfast.ingest;

import dev.holdfast.ingest.Outcome.Arrival;
import dev.holdfast.ingest.Outcome.ArrivedAnnotation;
import dev.holdfast.ingest.Outcome.ArrivedDocument;
import dev.holdfast.ingest.Outcome.ArrivedForgetting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * How arrivals are written between the two halves of the topology: one byte that tells what it is,
 * then the document's JSON, the {@link Original} of an annotation, or nothing.
 */
final class ArrivalSerde implements Serde<Arrival> {
  private static final byte DOCUMENT = 'D';
  private static final byte ANNOTATION = 'A';
  private static final byte FORGETTING = 'F';

  @Override
  public Serializer<Arrival> serializer() {
    return (topic, arrival) -> write(arrival);
  }

  @Override
  public Deserializer<Arrival> deserializer() {
    return (topic, bytes) -> read(topic, bytes);
  }

  private static byte[] write(Arrival arrival) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (arrival instanceof ArrivedDocument document) {
        out.writeByte(DOCUMENT);
        out.write(document.json().get());
      } else if (arrival instanceof ArrivedAnnotation annotation) {
        out.writeByte(ANNOTATION);
        Original.write(out, annotation.original());
      } else if (arrival instanceof ArrivedForgetting) {
        out.writeByte(FORGETTING);
      } else {
        throw new AssertionError(arrival);
      }
    } catch (IOException e) {
      throw new SerializationException("cannot happen: memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private static Arrival read(String topic, byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte kind = in.readByte();
      return switch (kind) {
        case DOCUMENT -> new ArrivedDocument(Bytes.wrap(in.readAllBytes()));
        case ANNOTATION -> new ArrivedAnnotation(Original.read(in));
        case FORGETTING -> new ArrivedForgetting();
        default ->
            throw new SerializationException(
                "topic %s: expected an arrival of kind D, A or F, was %d".formatted(topic, kind));
      };
    } catch (IOException e) {
      throw new SerializationException(
          "topic %s: expected a whole arrival, was %d bytes".formatted(topic, bytes.length), e);
    }
  }
}
