package dev.holdfast.network;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * The sparse wide part: for each pair of a hashed feature and a field that has ever mattered, two
 * weights, added to the logits of begin and inside of every token that has the feature. A row holds
 * the pairs of one feature; a pair comes into being only when its gradient is not negligible
 * (grafting: Perkins, Lacker, Theiler 2003), so the table grows with what was learned and not with
 * features × fields.
 *
 * <p>Safe for many readers once nobody writes any more.
 */
final class WideTable {
  /** Weights of one pair: begin and inside. */
  static final int PAIR = 2;

  private static final int NONE = -1;

  private final Parameters parameters;
  private FeatureIndex index;
  private FieldSets sets = new FieldSets();
  private int[] offsets;
  private int[] rowSets;
  private long weights;

  /** By row. */
  final Sightings sightings;

  WideTable(Parameters parameters, int expectedRows) {
    this.parameters = parameters;
    index = new FeatureIndex(expectedRows);
    offsets = new int[Math.max(16, expectedRows)];
    rowSets = new int[offsets.length];
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

  /** The fields that a row has weights for, ascending; not to be changed. */
  int[] fields(int row) {
    return sets.members(rowSets[row]);
  }

  /** How many weights all rows have. */
  long weights() {
    return weights;
  }

  /** The row of a feature, a new one without weights when it was never seen. */
  int row(int feature) {
    int row = index.findOrAdd(feature);
    if (row == offsets.length) {
      offsets = Arrays.copyOf(offsets, row * 2);
      rowSets = Arrays.copyOf(rowSets, row * 2);
      sightings.room(row * 2);
    }
    if (row == index.size() - 1 && rowSets[row] == 0) {
      offsets[row] = NONE;
    }
    return row;
  }

  /** Gives a new row weights for the given fields, ascending; returns where they begin. */
  int restore(int row, int[] fields) {
    rowSets[row] = sets.number(fields);
    offsets[row] = fields.length == 0 ? NONE : parameters.allocate(PAIR * fields.length);
    weights += PAIR * (long) fields.length;
    return offsets[row];
  }

  /** Where a pair's weights are, or −1. */
  int pair(int row, int field) {
    int position = sets.position(rowSets[row], field);
    return position < 0 ? NONE : offsets[row] + PAIR * position;
  }

  /** Where a pair's weights are, made when they are not there yet. */
  int makePair(int row, int field) {
    int known = pair(row, field);
    if (known >= 0) {
      return known;
    }
    int before = rowSets[row];
    int[] old = sets.members(before);
    int after = sets.with(before, field);
    int oldOffset = offsets[row];
    int newOffset = parameters.allocate(PAIR * (old.length + 1));
    for (int i = 0; i < old.length; i++) {
      int to = newOffset + PAIR * sets.position(after, old[i]);
      parameters.copy(oldOffset + PAIR * i, to, PAIR);
    }
    if (oldOffset >= 0) {
      parameters.release(oldOffset, PAIR * old.length);
    }
    rowSets[row] = after;
    offsets[row] = newOffset;
    weights += PAIR;
    return pair(row, field);
  }

  /** How many different sets of fields its rows have, or had since rows were last taken away. */
  int fieldSets() {
    return sets.size();
  }

  /**
   * Takes all rows away but those that are kept, which stay in their order; with them go sets of
   * fields that no row has any more, of which every pair that comes into being leaves one behind.
   *
   * @return the new number of each; −1 for those that are gone
   */
  int[] keep(BitSet kept) {
    FeatureIndex before = index;
    FieldSets setsBefore = sets;
    index = new FeatureIndex(kept.cardinality());
    sets = new FieldSets();
    int[] numbers = new int[before.size()];
    for (int row = 0; row < numbers.length; row++) {
      int[] fields = setsBefore.members(rowSets[row]);
      int length = PAIR * fields.length;
      if (kept.get(row)) {
        int to = index.findOrAdd(before.feature(row));
        offsets[to] = offsets[row];
        rowSets[to] = sets.number(fields);
        sightings.move(row, to);
        numbers[row] = to;
      } else {
        numbers[row] = NONE;
        weights -= length;
        if (length > 0) {
          parameters.release(offsets[row], length);
        }
      }
    }
    Arrays.fill(rowSets, index.size(), rowSets.length, 0);
    sightings.clear(index.size());
    return numbers;
  }

  /** Follows its weights to where they lie now. */
  void moved(IntUnaryOperator to) {
    for (int row = 0; row < rows(); row++) {
      if (offsets[row] >= 0) {
        offsets[row] = to.applyAsInt(offsets[row]);
      }
    }
  }

  /**
   * Copies the weights of some rows for some fields: {@code out[row i][field j][begin, inside]}, 0
   * where there are none.
   *
   * @param pairs receives where each pair's weights are, {@code [row i][field j]}, −1 where there
   *     are none
   */
  void gather(int[] rows, int[] fields, float[] out, int[] pairs) {
    float[] weights = parameters.weights();
    int[][] positions = new int[sets.size()][];
    for (int i = 0, p = 0; i < rows.length; i++) {
      int set = rowSets[rows[i]];
      int[] position = positions[set];
      if (position == null) {
        position = new int[fields.length];
        for (int j = 0; j < fields.length; j++) {
          position[j] = sets.position(set, fields[j]);
        }
        positions[set] = position;
      }
      int offset = offsets[rows[i]];
      for (int j = 0; j < fields.length; j++, p++) {
        int pair = position[j] < 0 ? NONE : offset + PAIR * position[j];
        pairs[p] = pair;
        out[PAIR * p] = pair < 0 ? 0 : weights[pair];
        out[PAIR * p + 1] = pair < 0 ? 0 : weights[pair + 1];
      }
    }
  }
}
