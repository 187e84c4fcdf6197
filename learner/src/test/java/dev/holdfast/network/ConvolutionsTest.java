package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionsTest {
  private static final int OUTPUTS = 6;

  private final SplittableRandom random = new SplittableRandom(1);

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int k = 0; k < count; k++) {
      numbers[k] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 17, 64, 113, 700})
  void aVersionThatRunsGivesTheLogitsThatLearningSeesToTheBit(int tokens) {
    float[] flat = numbers(Convolutions.PARAMETERS);
    float[] heads = numbers(OUTPUTS * (Convolutions.WIDTH + 1));
    float[] input = numbers(tokens * Convolutions.INPUT);
    float[] learning = new float[tokens * OUTPUTS];
    Convolutions.gradients(
        flat,
        heads,
        input,
        tokens,
        logits -> {
          System.arraycopy(logits, 0, learning, 0, logits.length);
          return logits;
        });
    Reading reading = Reading.of(NetworkFixtures.document("r", "total 1.00"));
    Features features =
        new Features(
            tokens,
            new int[0],
            new int[tokens],
            new int[0],
            new int[tokens],
            new float[0],
            new float[0]);

    try (Encoder.Loaded version = Convolutions.OWN.load(of -> input, flat, heads)) {
      assertThat(version.logits(reading, features)).isEqualTo(learning);
    }
    assertThat(Convolutions.OWN.logits(of -> input, flat, heads, reading, features))
        .isEqualTo(learning);
  }
}
