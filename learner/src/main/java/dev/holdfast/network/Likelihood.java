package dev.holdfast.network;

import java.util.SplittableRandom;

/**
 * How likely labels of one example are under a network that was just run on it: all that the
 * learning rules ask of a network. Gradients are those of a negative log-likelihood by the logits.
 *
 * <p>Valid until the network runs again. Not thread-safe.
 */
public interface Likelihood {
  /** What the network said. Not to be changed. */
  float[] logits();

  /** The gradient for the label that the example has. */
  float[] observed();

  /** The gradient for a label drawn from the network's own distribution. */
  float[] drawn(SplittableRandom random);

  /** The gradient for the label that the example has, as if all logits had the other sign. */
  float[] reversed();

  /** Hands on every label's probability and gradient. */
  void every(LabelConsumer labels);

  /** Carries a gradient by the logits back to the weights. */
  void backward(float[] byLogits, GradientConsumer to);

  /** Takes one of the labels that an example might have. */
  @FunctionalInterface
  interface LabelConsumer {
    /**
     * Takes one label.
     *
     * @param probability under the network, 0 to 1
     * @param gradient of the label's negative log-likelihood by the logits; not to be kept
     */
    void accept(float probability, float[] gradient);
  }
}
