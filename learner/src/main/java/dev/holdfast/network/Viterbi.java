package dev.holdfast.network;

/** The most probable states of all tokens together (Viterbi 1967). */
final class Viterbi {
  private Viterbi() {}

  /**
   * The best path.
   *
   * @param chain loaded with the field's logits
   * @return a state for each token
   */
  static byte[] path(Chain chain) {
    int n = chain.tokens();
    byte[] from = new byte[Chain.STATES * n];
    double[] best = new double[Chain.STATES];
    for (int t = 0; t < n; t++) {
      double[] next = new double[Chain.STATES];
      double sum = 0;
      for (int j = 0; j < Chain.STATES; j++) {
        double reach = t == 0 ? chain.first(j) : 0;
        for (byte i = 0; t > 0 && i < Chain.STATES; i++) {
          double by = best[i] * chain.step(i, j);
          if (by > reach) {
            reach = by;
            from[t * Chain.STATES + j] = i;
          }
        }
        next[j] = reach * chain.potential(t, j);
        sum += next[j];
      }
      for (int j = 0; j < Chain.STATES; j++) {
        best[j] = next[j] / Math.max(Double.MIN_NORMAL, sum); // only the ratios matter
      }
    }
    byte[] path = new byte[n];
    byte state = Chain.OUTSIDE;
    for (byte j = Chain.BEGIN; j < Chain.STATES; j++) {
      state = best[j] > best[state] ? j : state;
    }
    for (int t = n - 1; t >= 0; t--) {
      path[t] = state;
      state = from[t * Chain.STATES + state];
    }
    return path;
  }
}
