package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordRowsTest {
  @Test
  void whatRunsGivesTheEncoderWhatItReadsWhileItLearns() {
    SplittableRandom random = new SplittableRandom(1);
    int[] known =
        IntStream.range(0, 300).map(i -> i % 3 == 0 ? i << 16 : random.nextInt()).toArray();
    Parameters parameters = new Parameters(1);
    EmbeddingTable table = new EmbeddingTable(parameters, 16);
    float[] vectors = new float[known.length * Convolutions.WORD];
    for (int i = 0; i < known.length; i++) {
      int offset = table.makeVector(table.row(known[i]));
      for (int k = 0; k < Convolutions.WORD; k++) {
        vectors[i * Convolutions.WORD + k] = (float) random.nextGaussian();
        parameters.weights()[offset + k] = vectors[i * Convolutions.WORD + k];
      }
    }
    Features features = features(known, random);

    assertThat(new WordRows(known, vectors).input(features)).isEqualTo(table.input(features));
  }

  /** Of 50 tokens with up to 20 features each, some of which nobody knows. */
  private static Features features(int[] known, SplittableRandom random) {
    int tokens = 50;
    int[] ends = new int[tokens];
    for (int t = 0; t < tokens; t++) {
      ends[t] = (t == 0 ? 0 : ends[t - 1]) + random.nextInt(20);
    }
    int[] own =
        IntStream.range(0, ends[tokens - 1])
            .map(
                f ->
                    random.nextInt(4) == 0 ? random.nextInt() : known[random.nextInt(known.length)])
            .toArray();
    float[] layout = new float[tokens * Features.LAYOUT];
    for (int k = 0; k < layout.length; k++) {
      layout[k] = random.nextInt(100);
    }
    return new Features(tokens, new int[0], new int[tokens], own, ends, layout, new float[0]);
  }
}
