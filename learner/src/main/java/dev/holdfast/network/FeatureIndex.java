package dev.holdfast.network;

import java.util.Arrays;

/**
 * Numbers features in the order in which they are first seen: an open-addressing map from 32-bit
 * hash to row.
 *
 * <p>Safe for many readers once nobody adds any more.
 */
final class FeatureIndex {
  private int[] features;
  private int size;

  /**
   * Each with a feature in its upper half and one more than its row in its lower half, so that a
   * look at one place of memory tells both; 0 is empty.
   */
  private long[] slots;

  private int mask;

  FeatureIndex(int expected) {
    features = new int[Math.max(16, expected)];
    slots = new long[Integer.highestOneBit(Math.max(16, expected)) * 4];
    mask = slots.length - 1;
  }

  int size() {
    return size;
  }

  /** The feature of a row. */
  int feature(int row) {
    return features[row];
  }

  /** The row of a feature, or −1. */
  int find(int feature) {
    int s = feature & mask;
    for (long slot = slots[s]; slot != 0; slot = slots[s]) {
      if ((int) (slot >>> Integer.SIZE) == feature) {
        return (int) slot - 1;
      }
      s = s + 1 & mask;
    }
    return -1;
  }

  /** The row of a feature, a new one when it was never seen. */
  int findOrAdd(int feature) {
    int s = feature & mask;
    for (long slot = slots[s]; slot != 0; slot = slots[s]) {
      if ((int) (slot >>> Integer.SIZE) == feature) {
        return (int) slot - 1;
      }
      s = s + 1 & mask;
    }
    if (size == features.length) {
      features = Arrays.copyOf(features, size * 2);
    }
    features[size] = feature;
    slots[s] = slot(feature, ++size);
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private static long slot(int feature, int rowAndOne) {
    return (long) feature << Integer.SIZE | rowAndOne;
  }

  private void rehash() {
    slots = new long[slots.length * 2];
    mask = slots.length - 1;
    for (int row = 0; row < size; row++) {
      int s = features[row] & mask;
      while (slots[s] != 0) {
        s = s + 1 & mask;
      }
      slots[s] = slot(features[row], row + 1);
    }
  }
}
