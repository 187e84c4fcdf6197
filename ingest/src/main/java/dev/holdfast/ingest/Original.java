package dev.holdfast.ingest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * How a record from outside is kept as long as it may still have to be refused: the record as it
 * came, with its place.
 *
 * <p>Written as topic, partition, offset, timestamp, key, value, number of headers, and each header
 * as key and value; bytes as their length and themselves, null as length -1.
 */
final class Original {
  private Original() {}

  static ConsumerRecord<byte[], byte[]> of(RecordMetadata place, Record<byte[], byte[]> record) {
    return of(
        place.topic(),
        place.partition(),
        place.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        record.headers());
  }

  private static ConsumerRecord<byte[], byte[]> of(
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] key,
      byte[] value,
      Headers headers) {
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** Bytes of key, value and headers. */
  static long size(ConsumerRecord<byte[], byte[]> original) {
    long size = length(original.key()) + length(original.value());
    for (Header header : original.headers()) {
      size += header.key().length() + length(header.value());
    }
    return size;
  }

  private static long length(byte[] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  static void write(DataOutput out, ConsumerRecord<byte[], byte[]> original) throws IOException {
    out.writeUTF(original.topic());
    out.writeInt(original.partition());
    out.writeLong(original.offset());
    out.writeLong(original.timestamp());
    write(out, original.key());
    write(out, original.value());
    Header[] headers = original.headers().toArray();
    out.writeInt(headers.length);
    for (Header header : headers) {
      write(out, header.key().getBytes(StandardCharsets.UTF_8));
      write(out, header.value());
    }
  }

  static ConsumerRecord<byte[], byte[]> read(DataInput in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    long timestamp = in.readLong();
    byte[] key = readBytes(in);
    byte[] value = readBytes(in);
    Headers headers = new RecordHeaders();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      headers.add(new String(readBytes(in), StandardCharsets.UTF_8), readBytes(in));
    }
    return of(topic, partition, offset, timestamp, key, value, headers);
  }

  private static void write(DataOutput out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte[] readBytes(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
