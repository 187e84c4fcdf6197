package dev.holdfast.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChainTest {
  private static final int TOKENS = 5;
  private static final byte OUTSIDE = 1 << Chain.OUTSIDE;
  private static final byte BEGIN = 1 << Chain.BEGIN;
  private static final byte INSIDE = 1 << Chain.INSIDE;
  private static final byte[] ALLOWED = {OUTSIDE, BEGIN, INSIDE, Chain.FREE, OUTSIDE};

  private final float[] logits = random(2 * TOKENS, 3);
  private final float[] weights = random(Chain.RUN, 4);

  private static float[] random(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** The sum over all paths, path by path. */
  private double enumerate(byte[] allowed) {
    double sum = 0;
    for (int path = 0; path < 243; path++) {
      int rest = path;
      int before = -1;
      double score = 0;
      boolean possible = true;
      for (int t = 0; t < TOKENS; t++) {
        int state = rest % 3;
        rest /= 3;
        possible &= (allowed[t] >> state & 1) != 0;
        possible &= state != Chain.INSIDE || (t > 0 && before != Chain.OUTSIDE);
        score +=
            t == 0
                ? weights[Chain.START + state]
                : weights[Chain.TRANSITIONS + before * Chain.STATES + state];
        score += state == 0 ? 0 : logits[2 * t + state - 1] + weights[Chain.BIAS + state - 1];
        before = state;
      }
      sum += possible ? Math.exp(score) : 0;
    }
    return sum;
  }

  private double loss(float[] gradient, float[] chainGradient) {
    Chain chain = new Chain();
    chain.load(logits, 2, 0, TOKENS, weights, 0);
    return chain.loss(ALLOWED, gradient, 2, 0, chainGradient);
  }

  @Test
  void lossIsMinusLogOfTheAllowedShareOfAllPaths() {
    byte[] free = {7, 7, 7, 7, 7};
    double expected = Math.log(enumerate(free)) - Math.log(enumerate(ALLOWED));

    // Single precision over five tokens.
    assertThat(loss(new float[10], new float[Chain.RUN])).isCloseTo(expected, within(1e-5));
  }

  @Test
  void gradientAgreesWithFiniteDifferences() {
    float[] gradient = new float[2 * TOKENS];
    float[] chainGradient = new float[Chain.RUN];
    loss(gradient, chainGradient);

    for (int i = 0; i < logits.length; i++) {
      assertThat((double) gradient[i]).isCloseTo(difference(logits, i), within(2e-3));
    }
    int startInside = Chain.START + Chain.INSIDE;
    int outsideToInside = Chain.TRANSITIONS + Chain.INSIDE;
    for (int i = 0; i < Chain.RUN; i++) {
      if (i == startInside || i == outsideToInside) {
        assertThat(chainGradient[i]).isZero();
      } else {
        assertThat((double) chainGradient[i]).isCloseTo(difference(weights, i), within(2e-3));
      }
    }
  }

  private double difference(float[] numbers, int i) {
    float step = 1e-2f;
    float before = numbers[i];
    numbers[i] = before + step;
    double above = loss(new float[10], new float[Chain.RUN]);
    numbers[i] = before - step;
    double below = loss(new float[10], new float[Chain.RUN]);
    numbers[i] = before;
    return (above - below) / (2 * step);
  }

  @Test
  void spanProbabilitiesAreTheirShareOfAllPaths() {
    Chain chain = new Chain();
    chain.load(logits, 2, 0, TOKENS, weights, 0);
    double all = enumerate(new byte[] {7, 7, 7, 7, 7});
    byte notInside = OUTSIDE | BEGIN;
    int[] spans = {0};

    chain.spans(
        0,
        TOKENS,
        (start, end, probability) -> {
          byte[] allowed = {7, 7, 7, 7, 7};
          for (int t = start; t < end; t++) {
            allowed[t] = t == start ? BEGIN : INSIDE;
          }
          if (end < TOKENS) {
            allowed[end] = notInside;
          }
          assertThat((double) probability).isCloseTo(enumerate(allowed) / all, within(1e-5));
          spans[0]++;
        });

    assertThat(spans[0]).isEqualTo(TOKENS * (TOKENS + 1) / 2);
  }

  @Test
  void theBestPathIsTheOneOfLargestScore() {
    Chain chain = new Chain();
    chain.load(logits, 2, 0, TOKENS, weights, 0);
    byte[] best = new byte[TOKENS];
    double largest = 0;
    for (int path = 0; path < 243; path++) {
      byte[] only = new byte[TOKENS];
      int rest = path;
      for (int t = 0; t < TOKENS; t++) {
        only[t] = (byte) (1 << rest % 3);
        rest /= 3;
      }
      double score = enumerate(only);
      if (score > largest) {
        largest = score;
        best = only;
      }
    }

    byte[] found = Viterbi.path(chain);
    for (int t = 0; t < TOKENS; t++) {
      assertThat(1 << found[t]).as("state of token %d", t).isEqualTo(best[t]);
    }
  }

  @Test
  void tokenLossIsThatOfAChainWithoutTransitions() {
    Arrays.fill(weights, 0, Chain.BIAS, 0f);
    // A chain forbids inside after outside, so only what no neighbour rules out can be compared.
    byte[] allowed = {BEGIN, INSIDE, INSIDE, INSIDE, INSIDE};
    Chain chain = new Chain();
    chain.load(logits, 2, 0, TOKENS, weights, 0);
    double expected = 0;
    for (int t = 0; t < TOKENS; t++) {
      double begin = Math.exp(logits[2 * t] + weights[Chain.BIAS]);
      double inside = Math.exp(logits[2 * t + 1] + weights[Chain.BIAS + 1]);
      expected -= Math.log((t == 0 ? begin : inside) / (1 + begin + inside));
    }

    assertThat(tokenLoss(chain, allowed, new float[10], new float[Chain.RUN]))
        .isCloseTo(expected, within(1e-5));
  }

  @Test
  void gradientOfTokenLossAgreesWithFiniteDifferences() {
    float[] gradient = new float[2 * TOKENS];
    float[] chainGradient = new float[Chain.RUN];
    Chain chain = new Chain();
    chain.load(logits, 2, 0, TOKENS, weights, 0);
    tokenLoss(chain, ALLOWED, gradient, chainGradient);

    for (int i = 0; i < logits.length; i++) {
      float before = logits[i];
      logits[i] = before + 1e-2f;
      chain.load(logits, 2, 0, TOKENS, weights, 0);
      double above = tokenLoss(chain, ALLOWED, new float[10], new float[Chain.RUN]);
      logits[i] = before - 1e-2f;
      chain.load(logits, 2, 0, TOKENS, weights, 0);
      double below = tokenLoss(chain, ALLOWED, new float[10], new float[Chain.RUN]);
      logits[i] = before;
      assertThat((double) gradient[i]).isCloseTo((above - below) / 2e-2, within(2e-3));
    }
    assertThat(chainGradient[Chain.BIAS])
        .isCloseTo(
            gradient[0] + gradient[2] + gradient[4] + gradient[6] + gradient[8], within(1e-5f));
  }

  private static double tokenLoss(
      Chain chain, byte[] allowed, float[] gradient, float[] chainGradient) {
    return TokenLoss.of(chain, allowed, gradient, 2, 0, chainGradient);
  }

  @Test
  void extremeLogitsGiveAFiniteLoss() {
    for (int i = 0; i < logits.length; i++) {
      logits[i] = i % 2 == 0 ? 1e4f : -1e4f;
    }

    assertThat(loss(new float[10], new float[Chain.RUN])).isFinite();
  }

  @Test
  void whatNothingDependsOnGetsNoGradientFromRounding() {
    int tokens = 3_000;
    float[] settled = random(2 * tokens, 5);
    for (int i = 0; i < settled.length; i++) {
      settled[i] -= 30;
    }
    byte[] outside = new byte[tokens];
    Arrays.fill(outside, OUTSIDE);
    float[] chainGradient = new float[Chain.RUN];
    Chain chain = new Chain();
    chain.load(settled, 2, 0, tokens, weights, 0);
    chain.loss(outside, new float[2 * tokens], 2, 0, chainGradient);

    assertThat(chainGradient).containsOnly(0f);
  }
}
