package dev.holdfast.network;

import java.util.function.UnaryOperator;

/**
 * The deep part of the extractor: makes a vector of each token, over which each field has an output
 * layer of two rows. It owns no weights: those that are learned come as one flat array, so that one
 * learning rule covers them with all others.
 *
 * <p>Results are the same to the bit on every run and every thread.
 */
sealed interface Encoder permits Convolutions, FrozenEncoder, TrainedEncoder {
  /** What weights over it call it by: the digest of its file; empty for Holdfast's own. */
  String name();

  /** Numbers of one token's vector. */
  int width();

  /** How many weights are learned. */
  int parameters();

  /**
   * Whether it reads the vectors of words that the model learns, and can learn by guessing words.
   */
  boolean readsWords();

  /** Numbers of one field's output layer: two rows of weights and a bias each. */
  default int head() {
    return 2 * (width() + 1);
  }

  /** How messages speak of an encoder of that name with so many weights that are learned. */
  static String shown(String name, int parameters) {
    return name.isEmpty()
        ? "Holdfast's own encoder"
        : "encoder %s, %s".formatted(name, parameters == 0 ? "frozen" : "trained");
  }

  /** Puts the weights there that learning begins with. */
  void initialize(float[] weights, int offset, long seed);

  /**
   * Weights where PyTorch can use them, to run often.
   *
   * @param words read now and later
   * @param flat {@link #parameters} weights
   * @param heads {@code [outputs, width + 1]}, the last number of a row its bias
   */
  Loaded load(WordVectors words, float[] flat, float[] heads);

  /** The logits of one document alone, the same as a {@link Loaded} one gives. */
  default float[] logits(
      WordVectors words, float[] flat, float[] heads, Reading reading, Features features) {
    try (Loaded loaded = load(words, flat, heads)) {
      return loaded.logits(reading, features);
    }
  }

  /** One version's weights in native memory. Thread-safe until closed. */
  interface Loaded extends AutoCloseable {
    /** The logits of every token, {@code [tokens, outputs]}. */
    float[] logits(Reading reading, Features features);

    @Override
    void close();
  }

  /**
   * Runs the encoder, asks for the loss's gradient by the logits, and carries it back. Belongs to
   * one thread in the process.
   *
   * @param byLogits from the logits to the gradient of the loss by them, same shape
   */
  Gradients gradients(
      EmbeddingTable words,
      TrainingDocument document,
      float[] flat,
      float[] heads,
      UnaryOperator<float[]> byLogits);

  /** Gradients of a loss by weights, input and output layers, laid out as those are. */
  final class Gradients {
    final float[] flat;

    /** By the vectors of words with their layout; empty for an encoder that reads none. */
    final float[] input;

    final float[] head;

    Gradients(float[] flat, float[] input, float[] head) {
      this.flat = flat;
      this.input = input;
      this.head = head;
    }
  }
}
