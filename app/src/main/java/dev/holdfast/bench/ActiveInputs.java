package dev.holdfast.bench;

import dev.holdfast.bench.Perceptron.Example;
import java.util.Arrays;

/**
 * The inputs of one layer of a {@link Perceptron} that are not zero, for each example of a batch,
 * and what they do with the layer's rows of weights. Not thread-safe.
 */
final class ActiveInputs {
  private final int size;
  private final int[] ends;
  private final int[] inputs;
  private final float[] values;
  private int examples;

  // The same by input: whose they are, and how strong.
  private final int[] endsByInput;
  private final int[] owners;
  private final float[] valuesByInput;

  /**
   * @param size inputs of the layer
   * @param batch most examples at once
   */
  ActiveInputs(int size, int batch) {
    this.size = size;
    ends = new int[batch];
    inputs = new int[batch * size];
    values = new float[batch * size];
    endsByInput = new int[size];
    owners = new int[batch * size];
    valuesByInput = new float[batch * size];
  }

  /** Begins another batch. */
  void clear() {
    examples = 0;
  }

  /** The next example, as pixels. */
  void add(Example example) {
    int to = from(examples);
    for (int i = 0; i < example.digit().lit(); i++) {
      inputs[to] = example.task().input(example.digit().pixel(i));
      values[to++] = example.digit().intensity(i);
    }
    ends[examples++] = to;
  }

  /** The next example, as what the rectifiers of the layer below let pass. */
  void add(float[] units, int at) {
    int to = from(examples);
    for (int i = 0; i < size; i++) {
      if (units[at + i] > 0) {
        inputs[to] = i;
        values[to++] = units[at + i];
      }
    }
    ends[examples++] = to;
  }

  /** Place of the first active input of an example. */
  int from(int example) {
    return example == 0 ? 0 : ends[example - 1];
  }

  /** Place after the last active input of an example. */
  int to(int example) {
    return ends[example];
  }

  /** Which input a place is of. */
  int input(int place) {
    return inputs[place];
  }

  /** How strong the input of a place is, above 0. */
  float value(int place) {
    return values[place];
  }

  /** Adds the rows of an example's inputs, each times its strength, to {@code to[at …]}. */
  void addRows(int example, float[] rows, int first, int width, float[] to, int at) {
    int i = from(example);
    for (; i < to(example) - 3; i += 4) {
      int a = first + inputs[i] * width;
      int b = first + inputs[i + 1] * width;
      int c = first + inputs[i + 2] * width;
      int d = first + inputs[i + 3] * width;
      add(values, i, rows, a, b, c, d, to, at, width);
    }
    for (; i < to(example); i++) {
      add(values[i], rows, first + inputs[i] * width, to, at, width);
    }
  }

  /**
   * Adds, to the row of each input, the deltas of the examples that it is active in, each times its
   * strength there.
   *
   * @param deltas {@code [examples, width]}
   * @param first where the row of input 0 begins
   */
  void addOuterProducts(float[] deltas, int width, float[] rows, int first) {
    sortByInput();
    for (int input = 0; input < size; input++) {
      int i = input == 0 ? 0 : endsByInput[input - 1];
      int row = first + input * width;
      for (; i < endsByInput[input] - 3; i += 4) {
        int a = owners[i] * width;
        int b = owners[i + 1] * width;
        int c = owners[i + 2] * width;
        int d = owners[i + 3] * width;
        add(valuesByInput, i, deltas, a, b, c, d, rows, row, width);
      }
      for (; i < endsByInput[input]; i++) {
        add(valuesByInput[i], deltas, owners[i] * width, rows, row, width);
      }
    }
  }

  private void sortByInput() {
    int all = from(examples);
    Arrays.fill(endsByInput, 0);
    for (int i = 0; i < all; i++) {
      if (inputs[i] < size - 1) {
        endsByInput[inputs[i] + 1]++;
      }
    }
    for (int input = 1; input < size; input++) {
      endsByInput[input] += endsByInput[input - 1];
    }
    // Where each input begins; filling moves that to where it ends.
    for (int e = 0; e < examples; e++) {
      for (int i = from(e); i < to(e); i++) {
        int place = endsByInput[inputs[i]]++;
        owners[place] = e;
        valuesByInput[place] = values[i];
      }
    }
  }

  /** {@code to ← to + factor · from}. */
  private static void add(float factor, float[] from, int at, float[] to, int toAt, int length) {
    for (int j = 0; j < length; j++) {
      to[toAt + j] += factor * from[at + j];
    }
  }

  /** The same for four rows and factors at once. */
  private static void add(
      float[] factors,
      int f,
      float[] from,
      int a,
      int b,
      int c,
      int d,
      float[] to,
      int toAt,
      int length) {
    float factorA = factors[f];
    float factorB = factors[f + 1];
    float factorC = factors[f + 2];
    float factorD = factors[f + 3];
    for (int j = 0; j < length; j++) {
      to[toAt + j] +=
          factorA * from[a + j]
              + factorB * from[b + j]
              + (factorC * from[c + j] + factorD * from[d + j]);
    }
  }
}
