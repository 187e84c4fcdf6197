package dev.holdfast.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The choices that make one document; the same seed and index give the same choices anywhere. */
final class Dice {
  private final RandomGenerator random;

  private Dice(RandomGenerator random) {
    this.random = random;
  }

  /** The choices of document {@code index}, independent of those of every other. */
  static Dice of(long seed, int index) {
    // java.util.Random: the one generator whose algorithm the platform specifies.
    return new Dice(new Random(mix(mix(seed) + index)));
  }

  /** Spreads neighbouring numbers over all of them (the finalizer of SplitMix64). */
  static long mix(long number) {
    long z = number + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** From {@code low} to {@code high}, both possible. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** One entry of a section of the vocabulary. */
  String word(String section) {
    return pick(Vocabulary.words(section));
  }

  /** {@code count} different choices in random order, or all when there are fewer. */
  <T> List<T> some(List<T> choices, int count) {
    List<T> left = new ArrayList<>(choices);
    List<T> taken = new ArrayList<>();
    while (taken.size() < count && !left.isEmpty()) {
      taken.add(left.remove(random.nextInt(left.size())));
    }
    return taken;
  }

  /** The pattern with # as a digit, % as a digit from 1, @ as a capital letter. */
  String fill(String pattern) {
    StringBuilder filled = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      switch (c) {
        case '#' -> filled.append((char) ('0' + random.nextInt(10)));
        case '%' -> filled.append((char) ('1' + random.nextInt(9)));
        case '@' -> filled.append("ABCDEFGHJKLMNPRSTUVWXYZ".charAt(random.nextInt(23)));
        default -> filled.append(c);
      }
    }
    return filled.toString();
  }

  /** A filled pattern of a section. */
  String filled(String section) {
    return fill(word(section));
  }

  /** The text with every ~ as a digit from 3. */
  String numbered(String text) {
    StringBuilder filled = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      filled.append(c == '~' ? (char) ('3' + random.nextInt(7)) : c);
    }
    return filled.toString();
  }
}
