package dev.holdfast.version;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts what is written into chunks, see {@link Chunks}, so that many bytes never have to lie in one
 * piece. Needs no closing. Not thread-safe.
 */
public final class ChunkedOutput extends OutputStream {
  private final List<byte[]> full = new ArrayList<>();
  private byte[] last = new byte[Chunks.MAX_BYTES];
  private int used;

  @Override
  public void write(int b) {
    room();
    last[used++] = (byte) b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    for (int done = 0; done < length; ) {
      room();
      int size = Math.min(length - done, last.length - used);
      System.arraycopy(bytes, offset + done, last, used, size);
      used += size;
      done += size;
    }
  }

  private void room() {
    if (used == last.length) {
      full.add(last);
      last = new byte[Chunks.MAX_BYTES];
      used = 0;
    }
  }

  /**
   * All that was written: chunks of the greatest length, the last one shorter; none for nothing.
   */
  public List<byte[]> chunks() {
    List<byte[]> chunks = new ArrayList<>(full);
    if (used > 0) {
      chunks.add(Arrays.copyOf(last, used));
    }
    return chunks;
  }

  /** How many bytes were written. */
  public long size() {
    return (long) full.size() * Chunks.MAX_BYTES + used;
  }
}
