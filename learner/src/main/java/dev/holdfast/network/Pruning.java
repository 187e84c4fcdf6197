package dev.holdfast.network;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Bounds how much of a model its features take, so that a stream that never ends does not need
 * memory without end. Of all features – rows of the wide table and of the table of word vectors –
 * those go that are least to be expected again: those without weights first, then those of the
 * lowest rate, documents that had it over documents learned since the latest one that did. So a
 * feature seen once soon makes room, and one that was frequent stays long after its type has
 * stopped coming. (A saliency by second derivatives, as in LeCun, Denker, Solla 1990, would not do:
 * where a type is learned to certainty its gradients vanish, and it would be the first to go.)
 */
final class Pruning {
  /** What is kept when there is too much, so that it is not too much again soon. */
  private static final double KEPT = .9;

  private final Model model;

  Pruning(Model model) {
    this.model = model;
  }

  /** Numbers that features take: their weights, and one more for each row. */
  long size() {
    return model.wide.rows() + model.wide.weights() + model.words.rows() + model.words.weights();
  }

  /**
   * Takes features away until there are no more than nine tenths of the most.
   *
   * @param most numbers that features may take
   * @param needed rows of the wide table that stay
   * @return the new number of each row of the wide table; −1 for those that are gone
   */
  int[] to(long most, BitSet needed) {
    int wide = model.wide.rows();
    long[] order = new long[wide + model.words.rows()];
    for (int row = 0; row < wide; row++) {
      order[row] = place(model.wide.offset(row) < 0 ? 0 : rate(model.wide.sightings, row), row);
    }
    for (int row = 0; row < model.words.rows(); row++) {
      float rate = model.words.offset(row) < 0 ? 0 : rate(model.words.sightings, row);
      order[wide + row] = place(rate, wide + row);
    }
    Arrays.sort(order);
    BitSet kept = new BitSet();
    kept.set(0, order.length);
    long size = size();
    for (int i = 0; i < order.length && size > KEPT * most; i++) {
      int row = (int) order[i];
      if (row >= wide) {
        size -= 1 + (model.words.offset(row - wide) < 0 ? 0 : Convolutions.WORD);
        kept.clear(row);
      } else if (!needed.get(row)) {
        size -= 1 + WideTable.PAIR * (long) model.wide.fields(row).length;
        kept.clear(row);
      }
    }
    model.words.keep(kept.get(wide, order.length));
    return model.wide.keep(kept.get(0, wide));
  }

  private float rate(Sightings sightings, int row) {
    return sightings.rate(row, model.documents);
  }

  /** Sorts by rate, then by row: bits of floats that are not negative sort as they do. */
  private static long place(float rate, int row) {
    return (long) Float.floatToRawIntBits(rate) << Integer.SIZE | row;
  }
}
