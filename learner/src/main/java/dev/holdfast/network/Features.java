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
}
