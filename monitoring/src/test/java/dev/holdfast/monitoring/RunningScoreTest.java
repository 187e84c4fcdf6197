package dev.holdfast.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.score.Tally;
import org.junit.jupiter.api.Test;

class RunningScoreTest {
  private static final Tally FOUND = new Tally(1, 1, 1);
  private static final Tally MISSED = new Tally(0, 0, 1);
  private static final double EXACT = 1e-12;

  @Test
  void nothingScoredIsNothingMissed() {
    assertThat(new RunningScore(0.5, 2, 1).now()).isEqualTo(PrequentialF1.NONE);
  }

  @Test
  void fadingHalvesThePastAtEachDocument() {
    RunningScore score = new RunningScore(0.5, 10, 1);
    score.add(FOUND);
    score.add(MISSED);
    // right 1/2, predicted 1/2, annotated 1/2 + 1: 2 * 0.5 / (0.5 + 1.5)
    assertThat(score.now().fading()).isCloseTo(0.5, within(EXACT));

    score.add(MISSED);
    // right 1/4, predicted 1/4, annotated 3/4 + 1: 2 * 0.25 / (0.25 + 1.75)
    assertThat(score.now().fading()).isCloseTo(0.25, within(EXACT));
    // right 1, predicted 1, annotated 3
    assertThat(score.now().all()).isCloseTo(0.5, within(EXACT));
  }

  @Test
  void precisionAndRecallAreKeptOverTheSameWindows() {
    RunningScore score = new RunningScore(0.5, 1, 1);
    score.add(FOUND);
    score.add(new Tally(1, 4, 2));

    // right 1 + 1, predicted 1 + 4, annotated 1 + 2; the first halved in the fading sums.
    Windows precision = score.now().precision();
    assertThat(precision.all()).isCloseTo(2.0 / 5, within(EXACT));
    assertThat(precision.fading()).isCloseTo(1.5 / 4.5, within(EXACT));
    assertThat(precision.last()).isCloseTo(1.0 / 4, within(EXACT));
    Windows recall = score.now().recall();
    assertThat(recall.all()).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(recall.fading()).isCloseTo(1.5 / 2.5, within(EXACT));
    assertThat(recall.last()).isCloseTo(1.0 / 2, within(EXACT));
  }

  @Test
  void lastForgetsWhatLeavesTheWindow() {
    RunningScore score = new RunningScore(1, 2, 1);
    score.add(FOUND);
    score.add(MISSED);
    assertThat(score.now().last()).isCloseTo(2.0 / 3, within(EXACT));
    score.add(MISSED);
    assertThat(score.now().last()).isEqualTo(0);
    score.add(FOUND);
    score.add(FOUND);
    assertThat(score.now().last()).isEqualTo(1);
    assertThat(score.now().documents()).isEqualTo(5);
  }

  @Test
  void forgettingIsTheBestWindowMinusTheLast() {
    RunningScore score = new RunningScore(1, 3, 2);
    score.add(FOUND);
    score.add(FOUND);
    score.add(MISSED);
    // right 2, predicted 2, annotated 3
    assertThat(score.now().forgetting()).isCloseTo(1 - 0.8, within(EXACT));
    score.add(MISSED);
    score.add(MISSED);
    assertThat(score.now().forgetting()).isEqualTo(1);
  }

  @Test
  void luckyStartIsNoBest() {
    RunningScore score = new RunningScore(1, 3, 2);
    score.add(FOUND);
    score.add(MISSED);

    assertThat(score.now().best()).isCloseTo(2.0 / 3, within(EXACT));
    assertThat(score.now().forgetting()).isEqualTo(0);
  }

  @Test
  void moreThanTheWindowCannotBeEnough() {
    assertThatThrownBy(() -> new RunningScore(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was 1.0, 3 and 2");
  }
}
