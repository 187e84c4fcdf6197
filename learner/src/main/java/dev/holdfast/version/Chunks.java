package dev.holdfast.version;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Many bytes as numbered chunks that each fit into one Kafka record under the limits brokers come
 * with.
 *
 * <p>Gathers chunks in any order; a chunk that comes again takes the place of the one before, as
 * compaction would have it. Not thread-safe.
 */
public final class Chunks {
  /** The most bytes of one chunk. */
  public static final int MAX_BYTES = 256 * 1024;

  private final SortedMap<Integer, byte[]> chunks = new TreeMap<>();
  private long bytes;

  /** Cuts the bytes into chunks of {@link #MAX_BYTES}, the last one shorter; none for no bytes. */
  public static List<byte[]> split(byte[] bytes) {
    List<byte[]> chunks = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += MAX_BYTES) {
      chunks.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_BYTES)));
    }
    return chunks;
  }

  /** Keeps a chunk, which must not be changed any more. */
  public void put(int part, byte[] chunk) {
    byte[] before = chunks.put(part, chunk);
    bytes += chunk.length - (before == null ? 0 : before.length);
  }

  /** How many bytes are kept. */
  public long size() {
    return bytes;
  }

  /**
   * Puts together all there are.
   *
   * @throws BadChunks when there are none, one is missing, or the digest is another
   */
  public byte[] join(Digest digest) throws BadChunks {
    return join(Math.max(1, chunks.size()), bytes, digest);
  }

  /**
   * Puts them together.
   *
   * @param parts how many there must be, numbered from 0
   * @param length how many bytes they must have together
   * @param digest what they must have as SHA-256
   * @throws BadChunks when any of this is not so
   */
  public byte[] join(int parts, long length, Digest digest) throws BadChunks {
    check(parts, length, digest);
    byte[] joined = new byte[Math.toIntExact(length)];
    int at = 0;
    for (byte[] chunk : chunks.values()) {
      System.arraycopy(chunk, 0, joined, at, chunk.length);
      at += chunk.length;
    }
    return joined;
  }

  /** Reads all there are, one after the other, without putting them together in memory. */
  public InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(chunks.values().stream().map(ByteArrayInputStream::new).toList()));
  }

  /**
   * Looks whether they are all there.
   *
   * @throws BadChunks as {@link #join(int, long, Digest)}
   */
  public void check(int parts, long length, Digest digest) throws BadChunks {
    for (int part = 0; part < parts; part++) {
      if (!chunks.containsKey(part)) {
        throw new BadChunks(parts + " chunks", "no chunk " + part);
      }
    }
    if (chunks.size() != parts) {
      throw new BadChunks(parts + " chunks", "a chunk " + chunks.lastKey());
    }
    if (bytes != length) {
      throw new BadChunks(length + " bytes", bytes + " bytes");
    }
    Digest found = Digest.of(chunks.values());
    if (!found.equals(digest)) {
      throw new BadChunks(digest.text(), found.text());
    }
  }
}
