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
 * <p>Loops run over inputs that are not zero and, innermost, over outputs that lie side by side,
 * four inputs at a time, so that black pixels and silent units cost nothing and sums are seldom
 * fetched. Not thread-safe.
 */
final class Perceptron {
  private final Parameters parameters;
  private final int[] sizes;
  private final int[] layers;
  private final int run;
  private final int length;
  private final ActiveInputs[] inputs;
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
    inputs = new ActiveInputs[sizes.length];
    units = new float[sizes.length][];
    deltas = new float[sizes.length][];
    int total = 0;
    for (int layer = 1; layer < sizes.length; layer++) {
      layers[layer] = total;
      total += (sizes[layer - 1] + 1) * sizes[layer];
      inputs[layer] = new ActiveInputs(sizes[layer - 1], batch);
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
    float[] weights = parameters.weights();
    for (int layer = 1; layer < sizes.length; layer++) {
      ActiveInputs active = inputs[layer];
      active.clear();
      int out = sizes[layer];
      int from = run + layers[layer];
      float[] sums = units[layer];
      for (int e = 0; e < batch.size(); e++) {
        if (layer == 1) {
          active.add(batch.get(e));
        } else {
          active.add(units[layer - 1], e * sizes[layer - 1]);
        }
        System.arraycopy(weights, from + sizes[layer - 1] * out, sums, e * out, out);
        active.addRows(e, weights, from, out, sums, e * out);
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
    for (int layer = downFrom(byLogits); layer >= 1; layer--) {
      int out = sizes[layer];
      int biases = layers[layer] + sizes[layer - 1] * out;
      inputs[layer].addOuterProducts(deltas[layer], out, gradient, layers[layer]);
      for (int e = 0; e < batch.size(); e++) {
        for (int j = 0; j < out; j++) {
          gradient[biases + j] += deltas[layer][e * out + j];
        }
      }
      below(layer);
    }
    to.accept(Part.ENCODER, run, gradient, 0, length, 0);
  }

  /**
   * Hands on the gradient for a batch of one example, a run for each unit that is not silent: the
   * gradient of the others is zero.
   */
  void backwardOne(float[] byLogits, GradientConsumer to) {
    for (int layer = downFrom(byLogits); layer >= 1; layer--) {
      ActiveInputs active = inputs[layer];
      int out = sizes[layer];
      float[] delta = deltas[layer];
      to.accept(Part.ENCODER, run + layers[layer] + sizes[layer - 1] * out, delta, 0, out, 0);
      for (int i = active.from(0); i < active.to(0); i++) {
        for (int j = 0; j < out; j++) {
          gradient[j] = active.value(i) * delta[j];
        }
        int row = run + layers[layer] + active.input(i) * out;
        to.accept(Part.ENCODER, row, gradient, 0, out, 0);
      }
      below(layer);
    }
  }

  private int downFrom(float[] byLogits) {
    int last = sizes.length - 1;
    System.arraycopy(byLogits, 0, deltas[last], 0, batch.size() * sizes[last]);
    return last;
  }

  /** Carries the deltas of a layer to the units of the one below that are not silent. */
  private void below(int layer) {
    if (layer == 1) {
      return;
    }
    ActiveInputs active = inputs[layer];
    int in = sizes[layer - 1];
    int out = sizes[layer];
    Arrays.fill(deltas[layer - 1], 0, batch.size() * in, 0);
    for (int e = 0; e < batch.size(); e++) {
      for (int i = active.from(e); i < active.to(e); i++) {
        int row = run + layers[layer] + active.input(i) * out;
        deltas[layer - 1][e * in + active.input(i)] =
            product(parameters.weights(), row, deltas[layer], e * out, out);
      }
    }
  }

  /** The inner product, in eight sums that do not wait for each other. */
  private static float product(float[] a, int aAt, float[] b, int bAt, int length) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    float sum4 = 0;
    float sum5 = 0;
    float sum6 = 0;
    float sum7 = 0;
    int j = 0;
    for (; j < length - 7; j += 8) {
      sum0 += a[aAt + j] * b[bAt + j];
      sum1 += a[aAt + j + 1] * b[bAt + j + 1];
      sum2 += a[aAt + j + 2] * b[bAt + j + 2];
      sum3 += a[aAt + j + 3] * b[bAt + j + 3];
      sum4 += a[aAt + j + 4] * b[bAt + j + 4];
      sum5 += a[aAt + j + 5] * b[bAt + j + 5];
      sum6 += a[aAt + j + 6] * b[bAt + j + 6];
      sum7 += a[aAt + j + 7] * b[bAt + j + 7];
    }
    for (; j < length; j++) {
      sum0 += a[aAt + j] * b[bAt + j];
    }
    return sum0 + sum1 + (sum2 + sum3) + (sum4 + sum5 + (sum6 + sum7));
  }
}
