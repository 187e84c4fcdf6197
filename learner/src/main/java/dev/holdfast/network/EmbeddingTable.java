package dev.holdfast.network;

import java.util.Arrays;

/**
 * Vectors of hashed word features, the encoder's input. A feature has a vector once two learned
 * documents have it: what only one document has cannot help another.
 *
 * <p>Safe for many readers once nobody writes any more.
 */
final class EmbeddingTable {
  private static final int LEAST_DOCUMENTS = 2;
  private static final int NONE = -1;

  /** Keeps the sum of some twenty vectors near unit size. */
  private static final float SCALE = (float) (1 / Math.sqrt(10));

  private final Parameters parameters;
  private final FeatureIndex index;
  private int[] offsets;
  private int[] documents;

  EmbeddingTable(Parameters parameters, int expectedRows) {
    this.parameters = parameters;
    index = new FeatureIndex(expectedRows);
    offsets = new int[Math.max(16, expectedRows)];
    documents = new int[offsets.length];
  }

  int rows() {
    return index.size();
  }

  int feature(int row) {
    return index.feature(row);
  }

  int offset(int row) {
    return offsets[row];
  }

  int documents(int row) {
    return documents[row];
  }

  int find(int feature) {
    return index.find(feature);
  }

  /** The row of a feature, a new one without a vector when it was never seen. */
  int row(int feature) {
    int before = index.size();
    int row = index.findOrAdd(feature);
    if (row == offsets.length) {
      offsets = Arrays.copyOf(offsets, row * 2);
      documents = Arrays.copyOf(documents, row * 2);
    }
    if (row == before) {
      offsets[row] = NONE;
    }
    return row;
  }

  void countDocument(int row) {
    documents[row]++;
    if (documents[row] >= LEAST_DOCUMENTS && offsets[row] == NONE) {
      offsets[row] = parameters.allocate(Encoder.WORD);
    }
  }

  /** Sets a new row's count and, if it has one, makes room for its vector. */
  int restore(int row, int documentCount, boolean hasVector) {
    documents[row] = documentCount;
    offsets[row] = hasVector ? parameters.allocate(Encoder.WORD) : NONE;
    return offsets[row];
  }

  /**
   * The encoder's input, {@code [tokens, INPUT]}: the scaled sum of each token's vectors, then its
   * layout.
   */
  float[] input(Features features) {
    float[] input = new float[features.tokens * Encoder.INPUT];
    float[] weights = parameters.weights();
    int f = 0;
    for (int t = 0; t < features.tokens; t++) {
      int at = t * Encoder.INPUT;
      for (; f < features.ownEnd[t]; f++) {
        int row = index.find(features.own[f]);
        if (row >= 0 && offsets[row] >= 0) {
          int offset = offsets[row];
          for (int k = 0; k < Encoder.WORD; k++) {
            input[at + k] += SCALE * weights[offset + k];
          }
        }
      }
      System.arraycopy(
          features.layout, t * Features.LAYOUT, input, at + Encoder.WORD, Features.LAYOUT);
    }
    return input;
  }

  /** Hands on the gradient by the vectors, given the gradient by the input. */
  void backward(Features features, float[] inputGradient, GradientConsumer consumer) {
    FeatureIndex touched = new FeatureIndex(1 << 10);
    float[] gradients = new float[Encoder.WORD << 10];
    int f = 0;
    for (int t = 0; t < features.tokens; t++) {
      int at = t * Encoder.INPUT;
      for (; f < features.ownEnd[t]; f++) {
        int row = index.find(features.own[f]);
        if (row >= 0 && offsets[row] >= 0) {
          int to = touched.findOrAdd(row) * Encoder.WORD;
          if (to + Encoder.WORD > gradients.length) {
            gradients = Arrays.copyOf(gradients, gradients.length * 2);
          }
          for (int k = 0; k < Encoder.WORD; k++) {
            gradients[to + k] += SCALE * inputGradient[at + k];
          }
        }
      }
    }
    for (int i = 0; i < touched.size(); i++) {
      consumer.accept(
          GradientConsumer.Part.EMBEDDING,
          offsets[touched.feature(i)],
          gradients,
          i * Encoder.WORD,
          Encoder.WORD,
          0);
    }
  }
}
