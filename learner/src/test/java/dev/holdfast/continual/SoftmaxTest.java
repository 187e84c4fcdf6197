package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.continual.Softmax.Classes;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
  private static final float[] LOGITS = {.3f, -1.2f, 2.1f, .7f};
  private static final Classes CLASSES = new Classes(1, 4);

  /** Central differences over steps of 10⁻³: their error is below 10⁻⁴ at logits of this size. */
  private static void assertIsGradientOf(ToDoubleFunction<float[]> loss, float[] gradient) {
    float step = 1e-3f;
    for (int c = 0; c < LOGITS.length; c++) {
      float[] more = LOGITS.clone();
      float[] less = LOGITS.clone();
      more[c] += step;
      less[c] -= step;
      double slope = (loss.applyAsDouble(more) - loss.applyAsDouble(less)) / (2 * step);
      assertThat((double) gradient[c]).isCloseTo(slope, within(5e-4));
    }
  }

  private static Softmax softmax(int label) {
    return new Softmax(LOGITS, CLASSES, label, (gradient, to) -> {});
  }

  private static double loss(float[] logits, int label) {
    return Softmax.loss(logits, 0, CLASSES, label, 1, new float[logits.length]);
  }

  @Test
  void lossIsTheNegativeLogLikelihoodAmongTheClasses() {
    double sum = Math.exp(-1.2) + Math.exp(2.1) + Math.exp(.7);
    assertThat(loss(LOGITS, 3)).isCloseTo(Math.log(sum) - .7, within(1e-6));
  }

  @Test
  void observedIsTheGradientOfTheLoss() {
    assertIsGradientOf(logits -> loss(logits, 2), softmax(2).observed());
  }

  @Test
  void reversedIsTheGradientOfTheLossOfTheOppositeLogits() {
    assertIsGradientOf(
        logits -> {
          float[] negative = new float[logits.length];
          for (int c = 0; c < logits.length; c++) {
            negative[c] = -logits[c];
          }
          return loss(negative, 1);
        },
        softmax(1).reversed());
  }

  @Test
  void everyLabelComesWithItsProbability() {
    double[] sum = new double[2];
    softmax(1)
        .every(
            (probability, gradient) -> {
              sum[0] += probability;
              sum[1] += probability * gradient[2];
            });
    assertThat(sum[0]).isCloseTo(1, within(1e-6));
    // The score's expectation is zero.
    assertThat(sum[1]).isCloseTo(0, within(1e-6));
  }

  @Test
  void storedLogitsPullWithTheGradientOfTheirTerm() {
    float[] stored = {0, 1, 2, 3};
    float[] gradient = new float[4];
    StoredLogits.loss(LOGITS, 0, stored, .7f, gradient);
    assertIsGradientOf(logits -> StoredLogits.loss(logits, 0, stored, .7f, new float[4]), gradient);
  }

  @Test
  void storedLogitsByHand() {
    float[] gradient = new float[3];
    double loss = StoredLogits.loss(new float[] {9, 1, 4}, 1, new float[] {2, 2}, .5f, gradient);
    assertThat(loss).isEqualTo(.5 * (1 + 4) / 2);
    assertThat(gradient).containsExactly(0, -.5f, 1);
  }
}
