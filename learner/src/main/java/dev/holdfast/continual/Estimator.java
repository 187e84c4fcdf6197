package dev.holdfast.continual;

import dev.holdfast.network.Likelihood;
import java.util.SplittableRandom;

/**
 * What is measured of each example to say how much each weight matters. The Fisher information is
 * that of the distribution of labels given the example, its diagonal only; each example's gradient
 * is squared by itself, never a batch's (van de Ven 2025, arXiv:2502.11756, compares the ways).
 */
public enum Estimator {
  /** The squared gradient for the label that the example has: the empirical Fisher. */
  EMPIRICAL {
    @Override
    void measure(Likelihood example, SplittableRandom random, Importance to) {
      example.backward(example.observed(), to.squares(1));
    }
  },

  /** The squared gradient for one label drawn from the network: right on average. */
  SAMPLED {
    @Override
    void measure(Likelihood example, SplittableRandom random, Importance to) {
      example.backward(example.drawn(random), to.squares(1));
    }
  },

  /** The squared gradient for every label, by its probability: the Fisher information itself. */
  EXACT {
    @Override
    void measure(Likelihood example, SplittableRandom random, Importance to) {
      example.every((probability, gradient) -> example.backward(gradient, to.squares(probability)));
    }
  },

  /**
   * The size of the gradient of the squared length of the logits: memory aware synapses (Aljundi et
   * al. 2018, arXiv:1711.09601, eqs. 2 and 3, with the whole output at once as in section 4.1). It
   * asks for no label.
   */
  MAS {
    @Override
    void measure(Likelihood example, SplittableRandom random, Importance to) {
      float[] twice = example.logits().clone();
      for (int c = 0; c < twice.length; c++) {
        twice[c] *= 2;
      }
      example.backward(twice, to.magnitudes());
    }
  },

  /**
   * The squared gradient for the label that the example has, as if all logits had the other sign:
   * EWC-DR (Liu & Chang 2026, arXiv:2603.18596). Where the network is sure and right the gradient
   * of the likelihood vanishes; this one does not. Departures: squared for each example, as its
   * equations say and its published code does not, and not clipped unless the settings say so.
   */
  REVERSED {
    @Override
    void measure(Likelihood example, SplittableRandom random, Importance to) {
      example.backward(example.reversed(), to.squares(1));
    }
  };

  /** Measures one example. */
  abstract void measure(Likelihood example, SplittableRandom random, Importance to);
}
