package dev.holdfast.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.chaos.Trend.Sample;
import dev.holdfast.chaos.Trend.Verdict;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final double SECONDS = 1_800;

  private static List<Sample> samples(DoubleUnaryOperator level) {
    return IntStream.range(0, (int) SECONDS)
        .mapToObj(at -> new Sample(at, level.applyAsDouble(at)))
        .toList();
  }

  private static Trend trend(DoubleUnaryOperator level) {
    return Trend.of("x", samples(level), SECONDS, .5, .05);
  }

  private static DoubleUnaryOperator noise(double size) {
    SplittableRandom random = new SplittableRandom(1);
    return at -> size * random.nextGaussian();
  }

  @Test
  void aLevelWithNoiseIsFlat() {
    DoubleUnaryOperator noise = noise(10);
    Trend trend = trend(at -> 100 + noise.applyAsDouble(at));

    assertThat(trend.verdict()).isEqualTo(Verdict.FLAT);
    assertThat(trend.start()).isCloseTo(100, within(3.0));
    assertThat(trend.growth().low()).isLessThan(0);
    assertThat(trend.growth().high()).isPositive();
  }

  @Test
  void aSlopeShowsThroughNoise() {
    DoubleUnaryOperator noise = noise(10);
    Trend trend = trend(at -> 100 + at / 60 + noise.applyAsDouble(at)); // one a minute, from 110 on

    assertThat(trend.verdict()).isEqualTo(Verdict.GROWS);
    assertThat(trend.growth().median()).isCloseTo(19, within(4.0));
    assertThat(trend.end() - trend.start()).isCloseTo(13, within(4.0));
  }

  @Test
  void whatGrowsOnlyWhileItWarmsUpIsFlat() {
    assertThat(trend(at -> Math.min(at, SECONDS / 3)).verdict()).isEqualTo(Verdict.FLAT);
  }

  @Test
  void aPeakThatIsOverSoonIsNoGrowth() {
    assertThat(trend(at -> at > 1_500 && at < 1_600 ? 900 : 100).verdict()).isEqualTo(Verdict.FLAT);
  }

  @Test
  void growthThatIsAllowedIsFlat() {
    assertThat(trend(at -> 100 + at / 600).verdict()).isEqualTo(Verdict.FLAT);
  }

  @Test
  void whatNoiseHidesIsNotCalledFlat() {
    assertThat(trend(at -> 100 + 8 * ((int) at / 60 * 7 % 11)).verdict())
        .isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void whatWasNotMeasuredAllTheTimeIsUndecided() {
    List<Sample> half = samples(at -> 100).subList(0, 1_000);

    assertThat(Trend.of("x", half, SECONDS, .5, .05).verdict()).isEqualTo(Verdict.UNDECIDED);
    assertThat(Trend.of("x", List.of(), SECONDS, .5, .05).verdict()).isEqualTo(Verdict.UNDECIDED);
  }

  @Test
  void eachSliceCountsByItsQuantile() {
    DoubleUnaryOperator tenth = at -> at % 10 == 0 ? 500 : 100;

    assertThat(Trend.of("x", samples(tenth), SECONDS, .5, .05).start()).isEqualTo(100);
    assertThat(Trend.of("x", samples(tenth), SECONDS, .95, .05).start()).isEqualTo(500);
  }
}
