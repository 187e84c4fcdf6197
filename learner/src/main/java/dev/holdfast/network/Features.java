package dev.holdfast.network;

/**
 * A document as the network sees it. Immutable by convention: arrays are shared within the package
 * and never written after construction.
 *
 * <ul>
 *   <li>wide: hashed features of token t at {@code wide[wideEnd[t-1] … wideEnd[t])}
 *   <li>own: hashed features of the word alone, for the encoder, likewise by {@code ownEnd}
 *   <li>layout: {@code [tokens, LAYOUT]} numbers of place and kind, each about −1 to 1
 *   <li>whole: the document as {@link Applicability} sees it
 * </ul>
 */
final class Features {
  static final int LAYOUT = 12;

  /** Which of a token's own features is its word with every digit as 0. */
  static final int FOLDED = 1;

  /** Which numbers of the layout tell what kind of word it is: the first, and how many. */
  static final int KIND = 5;

  static final int KINDS = 4;

  final int tokens;
  final int[] wide;
  final int[] wideEnd;
  final int[] own;
  final int[] ownEnd;
  final float[] layout;
  final float[] whole;

  Features(
      int tokens,
      int[] wide,
      int[] wideEnd,
      int[] own,
      int[] ownEnd,
      float[] layout,
      float[] whole) {
    this.tokens = tokens;
    this.wide = wide;
    this.wideEnd = wideEnd;
    this.own = own;
    this.ownEnd = ownEnd;
    this.layout = layout;
    this.whole = whole;
  }

  /** Where the wide features of a token begin. */
  int wideStart(int token) {
    return token == 0 ? 0 : wideEnd[token - 1];
  }

  /** Where the own features of a token begin. */
  int ownStart(int token) {
    return token == 0 ? 0 : ownEnd[token - 1];
  }

  /** The same without the wide features, which take most of the room. */
  Features ownOnly() {
    return new Features(tokens, new int[0], new int[tokens], own, ownEnd, layout, whole);
  }
}
