package dev.holdfast.network;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A linear-chain conditional random field over the states outside, begin and inside, for one field
 * at a time (Lafferty, McCallum, Pereira 2001), by forward-backward with scaling. Outside has the
 * logit 0; inside cannot follow outside or come first.
 *
 * <p>Keeps its work space between calls. Not thread-safe: one for each thread.
 */
final class Chain {
  static final int STATES = 3;
  static final int OUTSIDE = 0;
  static final int BEGIN = 1;
  static final int INSIDE = 2;

  /**
   * Numbers of one field's chain: start[3], transitions[3][3] from × to, biases of begin and
   * inside.
   */
  static final int RUN = 14;

  static final int START = 0;
  static final int TRANSITIONS = 3;
  static final int BIAS = 12;

  /** Every state allowed. */
  static final byte FREE = 7;

  private static final float LEAST = 1e-20f;
  private static final float LEAST_SUM = 1e-30f;

  /**
   * Smaller gradients by the numbers of a chain are taken as 0: they are what rounding leaves, and
   * where a number has no effect – all starts may move together – an optimizer that divides by the
   * gradient's size would follow them without end.
   */
  private static final float NEGLIGIBLE = 1e-5f;

  private final float[] start = new float[STATES];
  private final float[] edge = new float[STATES * STATES];

  /** Gradient by the numbers of the chain; two large sums whose difference matters. */
  private final double[] sums = new double[RUN];

  private int n;
  private float[] potential = new float[0];
  private float[] masked = new float[0];
  private float[] forward = new float[0];
  private float[] backward = new float[0];
  private float[] scale = new float[0];

  /**
   * Sets the chain up for a document.
   *
   * @param logits of begin and inside for token t at {@code logits[t * stride + at]} and the next
   * @param weights where the field's chain lies, its biases not yet in the logits
   * @param run where its chain begins
   */
  void load(float[] logits, int stride, int at, int tokens, float[] weights, int run) {
    n = tokens;
    if (potential.length < STATES * n) {
      potential = new float[STATES * n];
      masked = new float[STATES * n];
      forward = new float[STATES * n];
      backward = new float[STATES * n];
      scale = new float[n];
    }
    for (int j = 0; j < STATES; j++) {
      start[j] = j == INSIDE ? 0 : (float) Math.exp(weights[run + START + j]);
      for (int i = 0; i < STATES; i++) {
        boolean forbidden = i == OUTSIDE && j == INSIDE;
        edge[i * STATES + j] =
            forbidden ? 0 : (float) Math.exp(weights[run + TRANSITIONS + i * STATES + j]);
      }
    }
    float biasBegin = weights[run + BIAS];
    float biasInside = weights[run + BIAS + 1];
    for (int t = 0; t < n; t++) {
      float begin = logits[t * stride + at] + biasBegin;
      float inside = logits[t * stride + at + 1] + biasInside;
      float largest = Math.max(0, Math.max(begin, inside));
      potential[t * STATES] = Math.max(LEAST, exp(-largest));
      potential[t * STATES + 1] = Math.max(LEAST, exp(begin - largest));
      potential[t * STATES + 2] = Math.max(LEAST, exp(inside - largest));
    }
  }

  /** How many tokens it is loaded with. */
  int tokens() {
    return n;
  }

  /** What a state is worth at a token by itself, more than 0. */
  float potential(int token, int state) {
    return potential[token * STATES + state];
  }

  /** What a state is worth after another; 0 where it is forbidden. */
  float step(int from, int to) {
    return edge[from * STATES + to];
  }

  /** What a state is worth as the first; 0 where it is forbidden. */
  float first(int state) {
    return start[state];
  }

  private static float exp(float x) {
    return x == 0 ? 1 : (float) Math.exp(x);
  }

  /**
   * Negative log-likelihood that the states are among the allowed ones, with its gradient.
   *
   * @param allowed for token t a set of states as bits, {@code 1 << state}
   * @param gradient added to: by the logits of begin and inside at {@code gradient[t * stride +
   *     at]}
   * @param chainGradient set: by the numbers of the chain, {@link #RUN} of them
   */
  double loss(byte[] allowed, float[] gradient, int stride, int at, float[] chainGradient) {
    Arrays.fill(sums, 0);
    passes(potential);
    double free = logOfSum();
    addGradient(potential, 1, gradient, stride, at);
    for (int t = 0; t < n; t++) {
      for (int j = 0; j < STATES; j++) {
        masked[t * STATES + j] = (allowed[t] >> j & 1) != 0 ? potential[t * STATES + j] : 0;
      }
    }
    passes(masked);
    double clamped = logOfSum();
    addGradient(masked, -1, gradient, stride, at);
    for (int k = 0; k < RUN; k++) {
      chainGradient[k] = Math.abs(sums[k]) < NEGLIGIBLE ? 0 : (float) sums[k];
    }
    return free - clamped;
  }

  /** The log of the partition sum of the latest passes, up to a constant. */
  private double logOfSum() {
    double log = 0;
    for (int t = 0; t < n; t++) {
      log += Math.log(scale[t]);
    }
    return log;
  }

  /** Runs forward and backward over the potentials. */
  private void passes(float[] psi) {
    float a0 = 0;
    float a1 = 0;
    float a2 = 0;
    for (int t = 0; t < n; t++) {
      int k = t * STATES;
      float b0;
      float b1;
      float b2;
      if (t == 0) {
        b0 = start[0];
        b1 = start[1];
        b2 = start[2];
      } else {
        b0 = a0 * edge[0] + a1 * edge[3] + a2 * edge[6];
        b1 = a0 * edge[1] + a1 * edge[4] + a2 * edge[7];
        b2 = a0 * edge[2] + a1 * edge[5] + a2 * edge[8];
      }
      b0 *= psi[k];
      b1 *= psi[k + 1];
      b2 *= psi[k + 2];
      float sum = Math.max(LEAST_SUM, b0 + b1 + b2);
      scale[t] = sum;
      forward[k] = a0 = b0 / sum;
      forward[k + 1] = a1 = b1 / sum;
      forward[k + 2] = a2 = b2 / sum;
    }
    float q0 = 1;
    float q1 = 1;
    float q2 = 1;
    for (int t = n - 1; t >= 0; t--) {
      int k = t * STATES;
      backward[k] = q0;
      backward[k + 1] = q1;
      backward[k + 2] = q2;
      float w0 = psi[k] * q0 / scale[t];
      float w1 = psi[k + 1] * q1 / scale[t];
      float w2 = psi[k + 2] * q2 / scale[t];
      q0 = edge[0] * w0 + edge[1] * w1 + edge[2] * w2;
      q1 = edge[3] * w0 + edge[4] * w1 + edge[5] * w2;
      q2 = edge[6] * w0 + edge[7] * w1 + edge[8] * w2;
    }
  }

  private void addGradient(float[] psi, float sign, float[] gradient, int stride, int at) {
    for (int t = 0; t < n; t++) {
      int k = t * STATES;
      float begin = sign * forward[k + 1] * backward[k + 1];
      float inside = sign * forward[k + 2] * backward[k + 2];
      gradient[t * stride + at] += begin;
      gradient[t * stride + at + 1] += inside;
      sums[BIAS] += begin;
      sums[BIAS + 1] += inside;
      if (t > 0) {
        for (int i = 0; i < STATES; i++) {
          float from = sign * forward[k - STATES + i] / scale[t];
          for (int j = 0; j < STATES; j++) {
            sums[TRANSITIONS + i * STATES + j] +=
                from * edge[i * STATES + j] * psi[k + j] * backward[k + j];
          }
        }
      }
    }
    for (int j = 0; j < STATES && n > 0; j++) {
      sums[START + j] += sign * forward[j] * backward[j];
    }
  }

  /** States drawn from their posterior, for each token a set of one; from the last token back. */
  byte[] draw(SplittableRandom random) {
    passes(potential);
    byte[] states = new byte[n];
    float[] weight = new float[STATES];
    int next = OUTSIDE;
    for (int t = n - 1; t >= 0; t--) {
      float sum = 0;
      for (int i = 0; i < STATES; i++) {
        weight[i] = forward[t * STATES + i] * (t == n - 1 ? 1 : edge[i * STATES + next]);
        sum += weight[i];
      }
      double rest = random.nextDouble() * sum;
      int state = 0;
      while (state < STATES - 1 && rest >= weight[state]) {
        rest -= weight[state++];
      }
      states[t] = (byte) (1 << state);
      next = state;
    }
    return states;
  }

  /** Receives a span with the probability that exactly this run of tokens is one value. */
  @FunctionalInterface
  interface SpanConsumer {
    void accept(int start, int end, float probability);
  }

  /**
   * All spans of at most {@code maxLength} tokens whose posterior probability exceeds {@code
   * least}.
   */
  void spans(float least, int maxLength, SpanConsumer consumer) {
    passes(potential);
    for (int first = 0; first < n; first++) {
      int k = first * STATES;
      if (forward[k + 1] * backward[k + 1] < least) {
        continue;
      }
      float path = forward[k + 1];
      int state = BEGIN;
      for (int end = first + 1; end <= n && end - first <= maxLength; end++) {
        float leave = 1;
        float stay = 0;
        if (end < n) {
          int next = end * STATES;
          float rest = 1 / scale[end];
          leave =
              (edge[state * STATES] * potential[next] * backward[next]
                      + edge[state * STATES + 1] * potential[next + 1] * backward[next + 1])
                  * rest;
          stay = edge[state * STATES + 2] * potential[next + 2] * rest;
        }
        float probability = path * leave;
        if (probability > least) {
          consumer.accept(first, end, Math.min(1, probability));
        }
        path *= stay;
        state = INSIDE;
        if (path < 1e-9f) {
          break;
        }
      }
    }
  }
}
