package dev.holdfast.network;

import java.util.Arrays;

/**
 * Vectors of hashed word features, the encoder's input. A feature has a vector once two learned
 * documents have it: what only one document has cannot help another.
 *
 * <p>Safe for many readers once nobody writes any more.
 */
final class EmbeddingTable implements WordVectors {
  private static final int LEAST_DOCUMENTS = 2;
  private static final int NONE = -1;

  /** Keeps the sum of some twenty vectors near unit size. */
  static final float SCALE = (float) (1 / Math.sqrt(10));

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
    if (documents[row] >= LEAST_DOCUMENTS) {
      makeVector(row);
    }
  }

  /** Counts as if at least so many learned documents had the feature of a row. */
  void countAtLeast(int row, int count) {
    documents[row] = Math.max(documents[row], count);
  }

  /** Where a row's vector is, made when it is not there yet. */
  int makeVector(int row) {
    if (offsets[row] == NONE) {
      offsets[row] = parameters.allocate(Convolutions.WORD);
    }
    return offsets[row];
  }

  /** Sets a new row's count and, if it has one, makes room for its vector. */
  int restore(int row, int documentCount, boolean hasVector) {
    documents[row] = documentCount;
    offsets[row] = hasVector ? parameters.allocate(Convolutions.WORD) : NONE;
    return offsets[row];
  }

  @Override
  public float[] input(Features features) {
    float[] input = new float[features.tokens * Convolutions.INPUT];
    for (int t = 0; t < features.tokens; t++) {
      input(features, t, input, t * Convolutions.INPUT);
    }
    return input;
  }

  /** One token's part of the encoder's input: the scaled sum of its vectors, then its layout. */
  void input(Features features, int token, float[] input, int at) {
    add(features, token, input, at);
    System.arraycopy(
        features.layout, token * Features.LAYOUT, input, at + Convolutions.WORD, Features.LAYOUT);
  }

  /** Adds the scaled sum of a token's vectors. */
  void add(Features features, int token, float[] sum, int at) {
    float[] weights = parameters.weights();
    for (int f = features.ownStart(token); f < features.ownEnd[token]; f++) {
      int row = index.find(features.own[f]);
      if (row >= 0 && offsets[row] >= 0) {
        int offset = offsets[row];
        for (int k = 0; k < Convolutions.WORD; k++) {
          sum[at + k] += SCALE * weights[offset + k];
        }
      }
    }
  }

  /** Hands on the gradient by the vectors, given the gradient by the input. */
  void backward(Features features, float[] inputGradient, GradientConsumer consumer) {
    Gradients gradients = gradients();
    for (int t = 0; t < features.tokens; t++) {
      gradients.add(features, t, inputGradient, t * Convolutions.INPUT);
    }
    gradients.handTo(consumer);
  }

  /** Sums of gradients by the vectors, none yet. */
  Gradients gradients() {
    return new Gradients();
  }

  /** Sums up gradients by sums of vectors, so that each vector's is handed on once. */
  final class Gradients {
    private final FeatureIndex touched = new FeatureIndex(1 << 10);
    private float[] sums = new float[Convolutions.WORD << 10];

    private Gradients() {}

    /** Adds the gradient by what {@link EmbeddingTable#add} has added for that token. */
    void add(Features features, int token, float[] gradient, int at) {
      for (int f = features.ownStart(token); f < features.ownEnd[token]; f++) {
        int row = index.find(features.own[f]);
        if (row >= 0 && offsets[row] >= 0) {
          int to = touched.findOrAdd(row) * Convolutions.WORD;
          if (to + Convolutions.WORD > sums.length) {
            sums = Arrays.copyOf(sums, sums.length * 2);
          }
          for (int k = 0; k < Convolutions.WORD; k++) {
            sums[to + k] += SCALE * gradient[at + k];
          }
        }
      }
    }

    void handTo(GradientConsumer consumer) {
      for (int i = 0; i < touched.size(); i++) {
        consumer.accept(
            GradientConsumer.Part.EMBEDDING,
            offsets[touched.feature(i)],
            sums,
            i * Convolutions.WORD,
            Convolutions.WORD,
            0);
      }
    }
  }
}
