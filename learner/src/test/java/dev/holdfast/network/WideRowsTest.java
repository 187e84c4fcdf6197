package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WideRowsTest {
  private static final int FIELDS = 2;
  private static final int STRIDE = WideTable.PAIR * FIELDS;

  /** Of the first field, of the second, of both. */
  private static final int[] ENDS = {1, 2, 4};

  private static final int[] MEMBERS = {0, 1, 0, 1};

  /** Documents of tokens with these features. */
  private static Features features(int[]... tokens) {
    int[] all = IntStream.range(0, tokens.length).flatMap(t -> IntStream.of(tokens[t])).toArray();
    int[] ends = new int[tokens.length];
    for (int t = 0; t < tokens.length; t++) {
      ends[t] = (t == 0 ? 0 : ends[t - 1]) + tokens[t].length;
    }
    return new Features(
        tokens.length, all, ends, new int[0], new int[tokens.length], new float[0], new float[0]);
  }

  private static float[] logits(WideRows rows, Features features) {
    float[] logits = new float[features.tokens * STRIDE];
    rows.addLogits(features, logits, STRIDE);
    return logits;
  }

  @Test
  void eachTokenGetsWhatItsFeaturesSayOfTheirFields() {
    WideRows rows =
        new WideRows(
            new int[] {7, -9, 0},
            new int[] {1, 2, 0},
            new float[] {1, 2, 10, 20, 30, 40, .5f, .25f},
            ENDS,
            MEMBERS);

    assertThat(logits(rows, features(new int[] {7, 8}, new int[] {}, new int[] {-9, 0, 7})))
        .containsExactly(0, 0, 1, 2, 0, 0, 0, 0, 10.5f, 20.25f, 31, 42);
  }

  @Test
  void featuresThatMeetInOnePlaceAreToldApart() {
    int[] features = IntStream.range(0, 100).map(i -> i << 20).toArray();
    float[] weights = new float[WideTable.PAIR * features.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i;
    }
    WideRows rows = new WideRows(features, new int[100], weights, ENDS, MEMBERS);

    for (int i = 0; i < features.length; i++) {
      assertThat(logits(rows, features(new int[] {features[i]})))
          .as("feature %d", i)
          .containsExactly(2 * i, 2 * i + 1, 0, 0);
    }
    assertThat(logits(rows, features(new int[] {101 << 20}))).containsOnly(0);
  }

  @Test
  void noRowsSayNothing() {
    WideRows rows = new WideRows(new int[0], new int[0], new float[0], new int[0], new int[0]);

    assertThat(logits(rows, features(new int[] {0, 1}))).containsOnly(0);
  }
}
