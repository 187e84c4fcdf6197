package dev.holdfast.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedOutputTest {
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, Chunks.MAX_BYTES - 1, Chunks.MAX_BYTES, Chunks.MAX_BYTES + 1, 1_000_000})
  void bytesAreCutAsTheyWouldBeInOnePiece(int length) throws IOException {
    byte[] bytes = bytes(length);
    ChunkedOutput output = new ChunkedOutput();
    SplittableRandom random = new SplittableRandom(1);
    for (int from = 0; from < length; ) {
      int size = Math.min(length - from, random.nextInt(1, 300_000));
      if (size == 1) {
        output.write(bytes[from]);
      } else {
        output.write(bytes, from, size);
      }
      from += size;
    }

    assertThat(output.chunks()).containsExactlyElementsOf(Chunks.split(bytes));
    assertThat(output.size()).isEqualTo(length);
  }

  @Test
  void chunksAreReadBackInTheirOrder() throws Exception {
    byte[] bytes = bytes(700_000);
    ChunkedOutput output = new ChunkedOutput();
    output.write(bytes);
    Chunks chunks = new Chunks();
    chunks.put(2, output.chunks().get(2));
    chunks.put(0, output.chunks().get(0));
    chunks.put(1, output.chunks().get(1));
    chunks.check(3, bytes.length, Digest.of(output.chunks()));

    assertThat(chunks.open().readAllBytes()).isEqualTo(bytes);
    assertThat(chunks.open().readAllBytes()).isEqualTo(bytes);
  }
}
