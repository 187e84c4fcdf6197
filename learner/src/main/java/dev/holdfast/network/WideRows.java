package dev.holdfast.network;

import java.util.Arrays;

/**
 * The rows of a {@link WideTable} as they run: nothing is added any more, so that all there is of a
 * feature lies in one place. What is looked up for every feature of every token is memory that is
 * mostly not in a cache, and this takes two looks where the table takes four.
 *
 * <p>Immutable, thread-safe.
 */
final class WideRows {
  /** Before the weights of a row: its feature, the number of its set of fields. */
  private static final int HEAD = 2;

  /** For each set of fields where the logits of each lie, in the order of its weights. */
  private final int[][] sets;

  /** Rows one after the other, weights as the bits of floats; the first number is of none. */
  private final int[] rows;

  /** Where a feature's row begins, 0 where there is none; found by open addressing. */
  private final int[] places;

  private final int mask;

  /**
   * Rows as {@link WeightsFormat} has them.
   *
   * @param features of the rows
   * @param rowSets the number of each row's set of fields
   * @param weights of all rows, one after the other
   * @param ends one past the last member of each set
   * @param members field numbers of all sets, one set after the other
   */
  WideRows(int[] features, int[] rowSets, float[] weights, int[] ends, int[] members) {
    sets = new int[ends.length][];
    for (int set = 0; set < ends.length; set++) {
      sets[set] = Arrays.copyOfRange(members, set == 0 ? 0 : ends[set - 1], ends[set]);
      for (int i = 0; i < sets[set].length; i++) {
        sets[set][i] *= WideTable.PAIR;
      }
    }
    rows = new int[1 + HEAD * features.length + weights.length];
    places = new int[Integer.highestOneBit(Math.max(8, features.length)) * 4];
    mask = places.length - 1;
    int from = 0;
    int at = 1;
    for (int i = 0; i < features.length; i++) {
      int length = WideTable.PAIR * sets[rowSets[i]].length;
      place(features[i], at);
      rows[at++] = features[i];
      rows[at++] = rowSets[i];
      for (int k = 0; k < length; k++) {
        rows[at++] = Float.floatToRawIntBits(weights[from++]);
      }
    }
  }

  private void place(int feature, int at) {
    int place = feature & mask;
    while (places[place] != 0 && rows[places[place]] != feature) {
      place = place + 1 & mask;
    }
    places[place] = at;
  }

  /**
   * Adds to {@code logits[token][field][begin, inside]} of all fields what the features of each
   * token say.
   */
  void addLogits(Features features, float[] logits, int stride) {
    int most = 0;
    for (int t = 0; t < features.tokens; t++) {
      most = Math.max(most, features.wideEnd[t] - features.wideStart(t));
    }
    int[] found = new int[most];
    int[] differs = new int[most];
    for (int t = 0; t < features.tokens; t++) {
      int from = features.wideStart(t);
      int count = features.wideEnd[t] - from;
      look(features.wide, from, count, found, differs);
      for (int i = 0; i < count; i++) {
        int at = differs[i] == 0 ? found[i] : find(features.wide[from + i], found[i]);
        if (at > 0) {
          add(at, logits, t * stride);
        }
      }
    }
  }

  /**
   * Looks where the rows of some features most likely are. What one look finds decides nothing
   * about the next, so that the processor has many under way while memory answers.
   *
   * @param found receives a row for each, 0 for none
   * @param differs receives 0 where that is the feature's row
   */
  private void look(int[] features, int from, int count, int[] found, int[] differs) {
    for (int i = 0; i < count; i++) {
      int feature = features[from + i];
      int at = places[feature & mask];
      found[i] = at;
      differs[i] = rows[at] ^ feature;
    }
  }

  /** Where a feature's row begins, or 0, when the first look has found another's. */
  private int find(int feature, int first) {
    int place = feature & mask;
    int at = first;
    while (at > 0 && rows[at] != feature) {
      place = place + 1 & mask;
      at = places[place];
    }
    return at;
  }

  private void add(int row, float[] logits, int token) {
    int at = row + HEAD;
    for (int field : sets[rows[row + 1]]) {
      logits[token + field] += Float.intBitsToFloat(rows[at++]);
      logits[token + field + 1] += Float.intBitsToFloat(rows[at++]);
    }
  }
}
