package dev.holdfast.network;

/** Takes the gradient of one document's loss, run by run, each run at most once a document. */
@FunctionalInterface
public interface GradientConsumer {

  /** The part of the network that a run belongs to; parts learn at their own rates. */
  enum Part {
    /** Pairs of feature and field. */
    WIDE,
    /** Starts, transitions and biases of a field's chain. */
    CHAIN,
    /** Vectors of words, input of the encoder. */
    EMBEDDING,
    /** The encoder's own weights. */
    ENCODER,
    /** A field's output layer over the encoder. */
    HEAD,
    /** To which documents a field belongs. */
    APPLICABILITY
  }

  /**
   * Takes one run.
   *
   * @param part where the run belongs
   * @param offset where it begins in the {@link Parameters}
   * @param gradient holds the gradient from index {@code from} on; not to be kept
   * @param from first index in {@code gradient}
   * @param length how many numbers
   * @param documents how many learned documents share the run; 0 when all do
   */
  void accept(Part part, int offset, float[] gradient, int from, int length, int documents);
}
