package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenHistogramTest extends WordsContract {
  @Override
  DriftDetector<HashedWords> fresh() {
    return new TokenHistogram(WindowSettings.DEFAULT, 6);
  }

  @Test
  void distancesByHand() {
    double[] one = {1, 0};
    double[] other = {0, 1};
    double[] half = {.5, .5};

    assertThat(TokenHistogram.distance(one, 1, one, 1)).isZero();
    assertThat(TokenHistogram.distance(one, 1, other, 1)).isCloseTo(1, within(1e-12));
    // m = (.75, .25): (log₂ 4/3 + ½ log₂ 2/3 + ½ log₂ 2) / 2.
    double squared = (log2(4 / 3.0) + .5 * log2(2 / 3.0) + .5) / 2;
    assertThat(TokenHistogram.distance(one, 1, half, 1))
        .isCloseTo(Math.sqrt(squared), within(1e-12));
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  @Test
  void documentsWeighTheSameHoweverManyThereAre() {
    assertThat(TokenHistogram.distance(new double[] {3, 1}, 4, new double[] {6, 2}, 8)).isZero();
  }

  @Property(seed = "1", tries = 100)
  void distanceIsFromZeroToOneAndTheSameBothWays(
      @ForAll @Size(5) List<@DoubleRange(min = 0.01, max = 1) Double> one,
      @ForAll @Size(5) List<@DoubleRange(min = 0.01, max = 1) Double> other) {
    double[] p = normal(one);
    double[] q = normal(other);
    double distance = TokenHistogram.distance(p, 1, q, 1);

    assertThat(distance).isBetween(0.0, 1.0);
    // Rounding in the sum, 1e-16 a bucket, is more under the root.
    assertThat(TokenHistogram.distance(q, 1, p, 1)).isCloseTo(distance, within(1e-6));
  }

  private static double[] normal(List<Double> numbers) {
    double sum = numbers.stream().mapToDouble(x -> x).sum();
    return numbers.stream().mapToDouble(x -> x / sum).toArray();
  }

  @Test
  void deviationsMustMakeSense() {
    assertThatThrownBy(() -> new TokenHistogram(WindowSettings.DEFAULT, 0))
        .hasMessage("expected deviations > 0, was 0.0");
  }
}
