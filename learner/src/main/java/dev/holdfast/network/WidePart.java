package dev.holdfast.network;

import java.util.Arrays;

/**
 * Runs the {@link WideTable} over one document, forward and back. Keeps its work space; not
 * thread-safe.
 */
final class WidePart {
  /** Tokens whose logits all have smaller gradients are settled: their features are left alone. */
  private static final float NEGLIGIBLE = 1e-4f;

  private final WideTable table;
  private float[] gathered = new float[0];
  private float[] gradients = new float[0];

  /** Where the weights of each row's fields are, {@code [rows][known fields]}; −1: nowhere. */
  private int[] pairs = new int[0];

  private boolean[] kept = new boolean[0];
  private float scale;

  WidePart(WideTable table) {
    this.table = table;
  }

  /**
   * Adds the wide part's logits, each feature left out with the probability of dropout.
   *
   * @param logits {@code [tokens][known fields][begin, inside]}
   */
  void forward(TrainingDocument document, Network.Noise noise, float[] logits) {
    Features features = document.features;
    int width = WideTable.PAIR * document.fields.length;
    gathered = cleared(gathered, document.rows.length * width);
    if (pairs.length < document.rows.length * document.fields.length) {
      pairs = new int[document.rows.length * document.fields.length];
    }
    table.gather(document.rows, document.fields, gathered, pairs);
    if (kept.length < document.local.length) {
      kept = new boolean[document.local.length];
    }
    // xorshift64 (Marsaglia 2003): this draw stands in the innermost loop of learning.
    long random = noise.seed() * 0x9e3779b97f4a7c15L | 1;
    int threshold = (int) (noise.dropout() * (1 << 24));
    scale = 1 / (1 - noise.dropout());
    float[] sum = new float[width];
    int f = 0;
    for (int t = 0; t < features.tokens; t++) {
      Arrays.fill(sum, 0);
      for (; f < features.wideEnd[t]; f++) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        kept[f] = (random >>> 40) >= threshold;
        if (kept[f]) {
          int from = document.local[f] * width;
          for (int k = 0; k < width; k++) {
            sum[k] += gathered[from + k];
          }
        }
      }
      for (int k = 0; k < width; k++) {
        logits[t * width + k] += scale * sum[k];
      }
    }
  }

  /**
   * Hands on the gradient by the pairs, given the gradient by the logits of the last {@link
   * #forward}.
   */
  void backward(
      TrainingDocument document,
      Network.Noise noise,
      float[] logitGradient,
      GradientConsumer consumer) {
    int fields = document.fields.length;
    int width = WideTable.PAIR * fields;
    sum(document, logitGradient, width);
    graft(document, noise.graft(), width);
    for (int i = 0; i < document.rows.length; i++) {
      int documents = Math.max(1, table.sightings.documents(document.rows[i]));
      int end = (i + 1) * fields;
      int p = i * fields;
      while (p < end) {
        int run = run(p, end);
        if (run > 0) {
          consumer.accept(
              GradientConsumer.Part.WIDE,
              pairs[p],
              gradients,
              WideTable.PAIR * p,
              WideTable.PAIR * run,
              documents);
        }
        p += Math.max(1, run);
      }
    }
  }

  /** How many pairs from one on have a gradient and their weights one behind the other. */
  private int run(int from, int end) {
    int p = from;
    while (p < end && moves(p) && pairs[p] == pairs[from] + WideTable.PAIR * (p - from)) {
      p++;
    }
    return p - from;
  }

  private boolean moves(int p) {
    int at = WideTable.PAIR * p;
    return pairs[p] >= 0 && (gradients[at] != 0 || gradients[at + 1] != 0);
  }

  private void sum(TrainingDocument document, float[] logitGradient, int width) {
    Features features = document.features;
    gradients = cleared(gradients, document.rows.length * width);
    int f = 0;
    for (int t = 0; t < features.tokens; t++) {
      int at = t * width;
      float largest = 0;
      for (int k = 0; k < width; k++) {
        largest = Math.max(largest, Math.abs(logitGradient[at + k]));
      }
      if (largest < NEGLIGIBLE) {
        f = features.wideEnd[t];
        continue;
      }
      for (; f < features.wideEnd[t]; f++) {
        if (kept[f]) {
          int to = document.local[f] * width;
          for (int k = 0; k < width; k++) {
            gradients[to + k] += scale * logitGradient[at + k];
          }
        }
      }
    }
  }

  /** Brings those pairs into being whose gradient is large enough. */
  private void graft(TrainingDocument document, float least, int width) {
    for (int i = 0, p = 0; i < document.rows.length; i++) {
      int first = p;
      boolean moved = false;
      for (int j = 0; j < document.fields.length; j++, p++) {
        int at = i * width + WideTable.PAIR * j;
        float size = Math.max(Math.abs(gradients[at]), Math.abs(gradients[at + 1]));
        if (pairs[p] < 0 && size > 0 && size >= least) {
          pairs[p] = table.makePair(document.rows[i], document.fields[j]);
          moved = true;
        }
      }
      if (moved) {
        for (int j = 0; j < document.fields.length; j++) {
          if (pairs[first + j] >= 0) {
            pairs[first + j] = table.pair(document.rows[i], document.fields[j]);
          }
        }
      }
    }
  }

  /**
   * An array of at least that size whose first numbers are zero: the given one if it is large
   * enough.
   */
  static float[] cleared(float[] array, int size) {
    if (array.length < size) {
      return new float[size + (size >> 1)];
    }
    Arrays.fill(array, 0, size, 0f);
    return array;
  }
}
