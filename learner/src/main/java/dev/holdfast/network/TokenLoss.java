package dev.holdfast.network;

import java.util.Arrays;

/**
 * Cross-entropy of each token's state by itself, without regard to its neighbours: what {@link
 * Chain#loss} is compared with.
 */
final class TokenLoss {
  private TokenLoss() {}

  /**
   * Negative log-likelihood that each token is in one of its allowed states, with its gradient.
   * Parameters as for {@link Chain#loss}; of the chain's numbers only the biases have a gradient.
   *
   * @param chain loaded with the field's logits
   */
  static double of(
      Chain chain, byte[] allowed, float[] gradient, int stride, int at, float[] chainGradient) {
    Arrays.fill(chainGradient, 0f);
    double loss = 0;
    for (int t = 0; t < chain.tokens(); t++) {
      float sum = 0;
      float meant = 0;
      for (int j = 0; j < Chain.STATES; j++) {
        sum += chain.potential(t, j);
        meant += isAllowed(allowed[t], j) ? chain.potential(t, j) : 0;
      }
      loss -= Math.log(meant / sum);
      for (int j = Chain.BEGIN; j < Chain.STATES; j++) {
        float p = chain.potential(t, j);
        float slope = p / sum - (isAllowed(allowed[t], j) ? p / meant : 0);
        gradient[t * stride + at + j - Chain.BEGIN] += slope;
        chainGradient[Chain.BIAS + j - Chain.BEGIN] += slope;
      }
    }
    return loss;
  }

  private static boolean isAllowed(byte allowed, int state) {
    return (allowed >> state & 1) != 0;
  }
}
