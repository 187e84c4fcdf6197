package dev.holdfast.network;

/**
 * 32-bit hashes that never change: FNV-1a over characters, finished and combined with MurmurHash3's
 * mixer.
 */
final class Hash {
  static final int START = 0x811c9dc5;
  private static final int FNV_PRIME = 0x01000193;

  private Hash() {}

  static int add(int hash, char c) {
    return (hash ^ c) * FNV_PRIME;
  }

  static int of(char[] text, int from, int to) {
    int hash = START;
    for (int i = from; i < to; i++) {
      hash = add(hash, text[i]);
    }
    return finish(hash);
  }

  /**
   * A hash of {@code value} within its own {@code group}: the same value in two groups is two
   * features.
   */
  static int in(int group, int value) {
    return finish(value * 0x9e3779b1 + group * 0x85ebca77);
  }

  static int finish(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85ebca6b;
    h ^= h >>> 13;
    h *= 0xc2b2ae35;
    h ^= h >>> 16;
    return h;
  }
}
