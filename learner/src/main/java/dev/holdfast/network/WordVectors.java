package dev.holdfast.network;

/** Vectors of hashed word features: what an encoder reads of a token besides its layout. */
interface WordVectors {
  /**
   * The encoder's input, {@code [tokens, INPUT]}: for each token the scaled sum of its vectors,
   * then its layout.
   */
  float[] input(Features features);
}
