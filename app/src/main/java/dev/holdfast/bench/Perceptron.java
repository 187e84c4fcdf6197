package dev.holdfast.bench;

import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network of fully connected layers with rectifiers between them, in plain arrays. Its weights
 * are one run of the {@link Parameters}: for each layer the weights {@code [in, out]}, then the
 * biases {@code [out]}.
 *
 * <p>Loops run over inputs that are not zero and, innermost, over outputs that lie side by side, so
 * that they are vectorized and black pixels and silent units cost nothing. Not thread-safe.
 */
final class Perceptron {
  private final Parameters parameters;
  private final int[] sizes;
  private final int[] layers;
  private final int run;
  private final int length;
  private final float[][] units;
  private final float[][] deltas;
  private final float[] gradient;
  private List<Example> batch = List.of();

  /**
   * A digit as a task shows it.
   *
   * @param digit that is shown
   * @param task that shows it
   */
  record Example(Digit digit, Task task) {
    /** The output that is right. */
    int output() {
      return task.output(digit);
    }
  }

  /**
   * Fresh weights, uniform in ±1/√inputs (LeCun et al. 1998, as PyTorch does).
   *
   * @param sizes of the layers, inputs first
   * @param batch most examples at once
   */
  Perceptron(Parameters parameters, int[] sizes, int batch, SplittableRandom random) {
    this.parameters = parameters;
    this.sizes = sizes.clone();
    layers = new int[sizes.length];
    units = new float[sizes.length][];
    deltas = new float[sizes.length][];
    int total = 0;
    for (int layer = 1; layer < sizes.length; layer++) {
      layers[layer] = total;
      total += (sizes[layer - 1] + 1) * sizes[layer];
      units[layer] = new float[batch * sizes[layer]];
      deltas[layer] = new float[batch * sizes[layer]];
    }
    length = total;
    run = parameters.allocate(length);
    gradient = new float[length];
    for (int layer = 1; layer < sizes.length; layer++) {
      double bound = 1 / Math.sqrt(sizes[layer - 1]);
      int from = run + layers[layer];
      for (int k = from; k < from + (sizes[layer - 1] + 1) * sizes[layer]; k++) {
        parameters.weights()[k] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
  }

  int outputs() {
    return sizes[sizes.length - 1];
  }

  /**
   * Runs a batch.
   *
   * @return logits, {@code [examples, outputs]}; valid until the next run
   */
  float[] forward(List<Example> examples) {
    batch = examples;
    for (int layer = 1; layer < sizes.length; layer++) {
      float[] weights = parameters.weights();
      int out = sizes[layer];
      int from = run + layers[layer];
      int biases = from + sizes[layer - 1] * out;
      float[] sums = units[layer];
      for (int e = 0; e < batch.size(); e++) {
        System.arraycopy(weights, biases, sums, e * out, out);
        if (layer == 1) {
          Example example = batch.get(e);
          for (int i = 0; i < example.digit.lit(); i++) {
            int input = example.task.input(example.digit.pixel(i));
            add(example.digit.intensity(i), weights, from + input * out, sums, e * out, out);
          }
        } else {
          int in = sizes[layer - 1];
          for (int i = 0; i < in; i++) {
            float unit = units[layer - 1][e * in + i];
            if (unit > 0) {
              add(unit, weights, from + i * out, sums, e * out, out);
            }
          }
        }
      }
      if (layer < sizes.length - 1) {
        for (int k = 0; k < batch.size() * out; k++) {
          sums[k] = Math.max(0, sums[k]);
        }
      }
    }
    return units[sizes.length - 1];
  }

  /**
   * Hands on the gradient of a loss that is summed over the batch of the last {@link #forward}, as
   * one run.
   *
   * @param byLogits the gradient by the logits, {@code [examples, outputs]}
   */
  void backward(float[] byLogits, GradientConsumer to) {
    Arrays.fill(gradient, 0);
    rows(
        byLogits,
        (layer, input, factor, delta, at) -> {
          int out = sizes[layer];
          add(factor, delta, at, gradient, layers[layer] + input * out, out);
        });
    to.accept(Part.ENCODER, run, gradient, 0, length, 0);
  }

  /**
   * Hands on the gradient for a batch of one example, a run for each unit that is not silent: the
   * gradient of the others is zero.
   */
  void backwardOne(float[] byLogits, GradientConsumer to) {
    rows(
        byLogits,
        (layer, input, factor, delta, at) -> {
          int out = sizes[layer];
          for (int j = 0; j < out; j++) {
            gradient[j] = factor * delta[at + j];
          }
          to.accept(Part.ENCODER, run + layers[layer] + input * out, gradient, 0, out, 0);
        });
  }

  /** Takes what one input of a layer adds to the gradient: {@code factor · delta[at …]}. */
  private interface Rows {
    void accept(int layer, int input, float factor, float[] delta, int at);
  }

  /** Goes through the layers from the last to the first; a bias is the input after the last. */
  private void rows(float[] byLogits, Rows rows) {
    int last = sizes.length - 1;
    System.arraycopy(byLogits, 0, deltas[last], 0, batch.size() * sizes[last]);
    for (int layer = last; layer >= 1; layer--) {
      int in = sizes[layer - 1];
      int out = sizes[layer];
      float[] delta = deltas[layer];
      for (int e = 0; e < batch.size(); e++) {
        rows.accept(layer, in, 1, delta, e * out);
        if (layer == 1) {
          Example example = batch.get(e);
          for (int i = 0; i < example.digit.lit(); i++) {
            int input = example.task.input(example.digit.pixel(i));
            rows.accept(layer, input, example.digit.intensity(i), delta, e * out);
          }
        } else {
          float[] below = deltas[layer - 1];
          for (int i = 0; i < in; i++) {
            float unit = units[layer - 1][e * in + i];
            below[e * in + i] = 0;
            if (unit > 0) {
              rows.accept(layer, i, unit, delta, e * out);
              below[e * in + i] =
                  product(parameters.weights(), run + layers[layer] + i * out, delta, e * out, out);
            }
          }
        }
      }
    }
  }

  /** {@code to ← to + factor · from}. */
  private static void add(float factor, float[] from, int at, float[] to, int toAt, int length) {
    for (int j = 0; j < length; j++) {
      to[toAt + j] += factor * from[at + j];
    }
  }

  /** The inner product, in four sums that do not wait for each other. */
  private static float product(float[] a, int aAt, float[] b, int bAt, int length) {
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int j = 0;
    for (; j < length - 3; j += 4) {
      first += a[aAt + j] * b[bAt + j];
      second += a[aAt + j + 1] * b[bAt + j + 1];
      third += a[aAt + j + 2] * b[bAt + j + 2];
      fourth += a[aAt + j + 3] * b[bAt + j + 3];
    }
    for (; j < length; j++) {
      first += a[aAt + j] * b[bAt + j];
    }
    return first + second + (third + fourth);
  }
}
