package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.document.FieldName;
import dev.holdfast.score.Score;
import dev.holdfast.score.Tally;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final FieldName TOTAL = new FieldName("total");
  private static final FieldName DATE = new FieldName("date");
  private static final Tally RIGHT = new Tally(1, 1, 1);
  private static final Tally WRONG = new Tally(0, 1, 1);

  private final Comparison comparison = new Comparison(GateFixtures.settings().gate());

  private static Score score(Tally total, Tally date) {
    return new Score(new TreeMap<>(Map.of(TOTAL, total, DATE, date)));
  }

  private void add(int count, Score before, Score after) {
    for (int i = 0; i < count; i++) {
      comparison.add("receipt", before, after);
    }
  }

  @Test
  void theSignTestIsTheTailOfFairCoins() {
    assertThat(Comparison.chance(0, 0)).isEqualTo(1);
    assertThat(Comparison.chance(3, 0)).isEqualTo(1 / 8.0, within(1e-12));
    assertThat(Comparison.chance(9, 1)).isEqualTo(11 / 1024.0, within(1e-12));
    assertThat(Comparison.chance(500, 500)).isGreaterThan(.5);
  }

  @Test
  void theTailOfABinomialIsTheSumOfItsTerms() {
    assertThat(Comparison.tail(0, 10, .9)).isEqualTo(1e-10, within(1e-20));
    assertThat(Comparison.tail(1, 2, .75)).isEqualTo(1 - .75 * .75, within(1e-12));
  }

  @Test
  void whatFallsInOneFieldIsNamed() {
    add(20, score(RIGHT, RIGHT), score(WRONG, RIGHT));
    add(20, score(RIGHT, RIGHT), score(RIGHT, RIGHT));

    assertThat(comparison.falls())
        .containsExactly(
            new Verdict.Fall("receipt", Optional.empty(), 1, .75, 20, 0),
            new Verdict.Fall("receipt", Optional.of(TOTAL), 1, .5, 20, 0));
  }

  @Test
  void asMuchWonAsLostIsNoFall() {
    add(30, score(RIGHT, WRONG), score(WRONG, RIGHT));

    assertThat(comparison.falls())
        .extracting(Verdict.Fall::field)
        .containsExactly(Optional.of(TOTAL));
    assertThat(comparison.seemsWorse()).isFalse();
  }

  @Test
  void aLossThatMayBeChanceIsNoFall() {
    add(4, score(RIGHT, RIGHT), score(WRONG, RIGHT));
    add(10, score(RIGHT, RIGHT), score(RIGHT, RIGHT));

    assertThat(comparison.falls()).isEmpty();
    assertThat(comparison.seemsWorse()).isTrue();
  }

  @Test
  void aLossWithinTheBudgetIsNoFall() {
    add(20, score(RIGHT, RIGHT), score(WRONG, RIGHT));
    add(980, score(RIGHT, RIGHT), score(RIGHT, RIGHT));

    assertThat(comparison.falls()).isEmpty();
  }
}
