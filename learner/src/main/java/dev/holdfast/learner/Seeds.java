package dev.holdfast.learner;

/** The seed of a round: the same for the same settings, collection and round number. */
final class Seeds {
  private Seeds() {}

  static long of(long seed, RoundKey round) {
    long mixed = mix(seed);
    String collection = round.collection().value();
    for (int i = 0; i < collection.length(); i++) {
      mixed = mix(mixed ^ collection.charAt(i));
    }
    return mix(mixed ^ round.round());
  }

  /** The output function of SplitMix64 (Steele, Lea, Flood 2014), after its increment. */
  private static long mix(long state) {
    long z = state + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
