package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.bench.Perceptron.Example;
import dev.holdfast.continual.Softmax;
import dev.holdfast.continual.Softmax.Classes;
import dev.holdfast.network.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PerceptronTest {
  private static final int PIXELS = 6;
  private static final Classes ALL = new Classes(0, Task.LABELS);

  private final SplittableRandom random = new SplittableRandom(1);
  private final Parameters parameters = new Parameters(1);
  private final Perceptron network =
      new Perceptron(parameters, new int[] {PIXELS, 7, 17, Task.LABELS}, 12, random);

  private List<Example> batch() {
    int[] shifted = IntStream.range(0, PIXELS).map(pixel -> (pixel + 2) % PIXELS).toArray();
    int[] labels = IntStream.range(0, Task.LABELS).toArray();
    Task task = new Task(List.of(), List.of(), shifted, labels, ALL);
    return List.of(
        new Example(new Digit(new byte[] {0, -1, 100, 0, 7, 90}, 3), task),
        new Example(new Digit(new byte[] {50, 0, 0, -80, 20, 0}, 0), task),
        new Example(new Digit(new byte[] {0, 0, 0, 0, 0, 0}, 9), task));
  }

  /** More than four times four of everything, so that inputs come together as well as alone. */
  private List<Example> largeBatch() {
    List<Example> batch = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      byte[] image = new byte[PIXELS];
      random.nextBytes(image);
      image[i % PIXELS] = 0;
      batch.add(new Example(new Digit(image, i % Task.LABELS), batch().get(0).task()));
    }
    return batch;
  }

  /** The summed loss of a batch; fills in its gradient by the logits. */
  private double loss(List<Example> batch, float[] byLogits) {
    float[] logits = network.forward(batch);
    double loss = 0;
    for (int e = 0; e < batch.size(); e++) {
      loss += Softmax.loss(logits, e * Task.LABELS, ALL, batch.get(e).output(), 1, byLogits);
    }
    return loss;
  }

  private float[] gradient(List<Example> batch, boolean one) {
    float[] byLogits = new float[batch.size() * Task.LABELS];
    loss(batch, byLogits);
    float[] gradient = new float[parameters.used()];
    Gather gather = new Gather(gradient);
    if (one) {
      network.backwardOne(byLogits, gather::accept);
    } else {
      network.backward(byLogits, gather::accept);
    }
    return gradient;
  }

  private static final class Gather {
    private final float[] sum;

    private Gather(float[] sum) {
      this.sum = sum;
    }

    void accept(Object part, int offset, float[] run, int from, int length, int documents) {
      for (int i = 0; i < length; i++) {
        sum[offset + i] += run[from + i];
      }
    }
  }

  @Test
  void gradientIsThatOfTheLoss() {
    assertGradientIsThatOfTheLoss(batch());
  }

  @Test
  void gradientOfALargeBatchIsThatOfTheLoss() {
    assertGradientIsThatOfTheLoss(largeBatch());
  }

  private void assertGradientIsThatOfTheLoss(List<Example> batch) {
    float[] gradient = gradient(batch, false);
    float[] weights = parameters.weights();
    float step = 1e-3f;
    for (int k = 0; k < parameters.used(); k++) {
      float before = weights[k];
      weights[k] = before + step;
      double more = loss(batch, new float[batch.size() * Task.LABELS]);
      weights[k] = before - step;
      double less = loss(batch, new float[batch.size() * Task.LABELS]);
      weights[k] = before;
      // Single floats differ by 1e-7, over twice the step 1e-4; no rectifier turns within it.
      assertThat((double) gradient[k]).isCloseTo((more - less) / (2 * step), within(1e-3));
    }
  }

  @Test
  void oneExampleHasTheSameGradientRowByRow() {
    for (Example example : batch()) {
      assertThat(gradient(List.of(example), true)).isEqualTo(gradient(List.of(example), false));
    }
  }

  @Test
  void anImageOfAnotherTaskIsAnotherInput() {
    Digit digit = new Digit(new byte[] {0, -1, 100, 0, 7, 90}, 3);
    int[] places = IntStream.range(0, PIXELS).toArray();
    int[] labels = IntStream.range(0, Task.LABELS).toArray();
    Task plain = new Task(List.of(), List.of(), places, labels, ALL);
    float[] first = network.forward(List.of(new Example(digit, plain))).clone();

    assertThat(network.forward(batch())).isNotEqualTo(first);
  }
}
