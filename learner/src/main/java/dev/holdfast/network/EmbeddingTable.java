package dev.holdfast.network;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

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
  private FeatureIndex index;
  private int[] offsets;
  private long weights;

  /** By row. */
  final Sightings sightings;

  EmbeddingTable(Parameters parameters, int expectedRows) {
    this.parameters = parameters;
    index = new FeatureIndex(expectedRows);
    offsets = new int[Math.max(16, expectedRows)];
    sightings = new Sightings(offsets.length);
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

  /** How many weights all rows have. */
  long weights() {
    return weights;
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
      sightings.room(row * 2);
    }
    if (row == before) {
      offsets[row] = NONE;
    }
    return row;
  }

  /**
   * One more document has the feature of a row.
   *
   * @param now how many documents were learned before it
   */
  void countDocument(int row, int now) {
    if (sightings.count(row, now) >= LEAST_DOCUMENTS) {
      makeVector(row);
    }
  }

  /** Where a row's vector is, made when it is not there yet. */
  int makeVector(int row) {
    if (offsets[row] == NONE) {
      offsets[row] = parameters.allocate(Convolutions.WORD);
      weights += Convolutions.WORD;
    }
    return offsets[row];
  }

  /** Takes all rows away but those that are kept, which stay in their order. */
  void keep(BitSet kept) {
    FeatureIndex before = index;
    index = new FeatureIndex(kept.cardinality());
    for (int row = 0; row < before.size(); row++) {
      if (kept.get(row)) {
        int to = index.findOrAdd(before.feature(row));
        offsets[to] = offsets[row];
        sightings.move(row, to);
      } else if (offsets[row] >= 0) {
        weights -= Convolutions.WORD;
        parameters.release(offsets[row], Convolutions.WORD);
      }
    }
    sightings.clear(index.size());
  }

  /** Follows its vectors to where they lie now. */
  void moved(IntUnaryOperator to) {
    for (int row = 0; row < index.size(); row++) {
      if (offsets[row] >= 0) {
        offsets[row] = to.applyAsInt(offsets[row]);
      }
    }
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
