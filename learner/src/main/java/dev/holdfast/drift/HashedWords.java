package dev.holdfast.drift;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The words of one document as shares of {@value #BUCKETS} hash buckets: enough to tell how two
 * sets of documents differ, not enough to read one. Letters count in upper case and every digit as
 * 0, so that new amounts and dates are no new words. Immutable.
 */
public final class HashedWords {
  /** How many buckets there are. */
  public static final int BUCKETS = 1 << 12;

  private static final int BITS = 12;
  private static final int GOLDEN = 0x9e3779b1;

  private final int[] buckets;
  private final float[] shares;

  private HashedWords(int[] buckets, float[] shares) {
    this.buckets = buckets;
    this.shares = shares;
  }

  /** Of the words of a document, in any order. */
  public static HashedWords of(List<String> words) {
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    words.forEach(word -> counts.merge(bucket(word), 1, Integer::sum));
    int[] buckets = new int[counts.size()];
    float[] shares = new float[counts.size()];
    int i = 0;
    for (var count : counts.entrySet()) {
      buckets[i] = count.getKey();
      shares[i] = (float) count.getValue() / words.size();
      i++;
    }
    return new HashedWords(buckets, shares);
  }

  private static int bucket(String word) {
    int hash = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = Character.toUpperCase(word.charAt(i));
      hash = 31 * hash + (Character.isDigit(c) ? '0' : c);
    }
    return (hash * GOLDEN) >>> (Integer.SIZE - BITS);
  }

  /** How many different buckets there are. */
  public int size() {
    return buckets.length;
  }

  /** The i-th bucket, from 0, ascending. */
  public int bucket(int i) {
    return buckets[i];
  }

  /** The share of the document's words in the i-th bucket; all shares sum to 1. */
  public float share(int i) {
    return shares[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HashedWords words
        && Arrays.equals(buckets, words.buckets)
        && Arrays.equals(shares, words.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(buckets);
  }

  @Override
  public String toString() {
    return buckets.length + " buckets";
  }
}
