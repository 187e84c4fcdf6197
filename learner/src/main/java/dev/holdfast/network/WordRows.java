package dev.holdfast.network;

/**
 * The vectors of an {@link EmbeddingTable} as they run: nothing is added any more.
 *
 * <p>Immutable, thread-safe.
 */
final class WordRows implements WordVectors {
  private final int[] features;
  private final float[] vectors;

  /** One more than a feature's row, 0 where there is none; found by open addressing. */
  private final int[] places;

  private final int mask;

  /**
   * Vectors as {@link WeightsFormat} has them; the arrays must not change any more.
   *
   * @param features of the rows
   * @param vectors {@code [features, WORD]}
   */
  WordRows(int[] features, float[] vectors) {
    this.features = features;
    this.vectors = vectors;
    places = new int[Integer.highestOneBit(Math.max(8, features.length)) * 4];
    mask = places.length - 1;
    for (int row = 0; row < features.length; row++) {
      int place = features[row] & mask;
      while (places[place] != 0 && features[places[place] - 1] != features[row]) {
        place = place + 1 & mask;
      }
      places[place] = row + 1;
    }
  }

  @Override
  public float[] input(Features of) {
    float[] input = new float[of.tokens * Convolutions.INPUT];
    int[] found = new int[of.own.length];
    look(of.own, found);
    for (int t = 0; t < of.tokens; t++) {
      int at = t * Convolutions.INPUT;
      for (int f = of.ownStart(t); f < of.ownEnd[t]; f++) {
        int row = row(of.own[f], found[f]);
        if (row >= 0) {
          add(row * Convolutions.WORD, input, at);
        }
      }
      System.arraycopy(
          of.layout, t * Features.LAYOUT, input, at + Convolutions.WORD, Features.LAYOUT);
    }
    return input;
  }

  /** As {@link WideRows} looks: one more than the row that some features most likely have. */
  private void look(int[] wanted, int[] found) {
    for (int f = 0; f < found.length; f++) {
      found[f] = places[wanted[f] & mask];
    }
  }

  /** The row of a feature, or −1, when the first look has found one more than that. */
  private int row(int feature, int first) {
    int place = feature & mask;
    int row = first - 1;
    while (row >= 0 && features[row] != feature) {
      place = place + 1 & mask;
      row = places[place] - 1;
    }
    return row;
  }

  private void add(int vector, float[] sum, int at) {
    for (int k = 0; k < Convolutions.WORD; k++) {
      sum[at + k] += EmbeddingTable.SCALE * vectors[vector + k];
    }
  }
}
