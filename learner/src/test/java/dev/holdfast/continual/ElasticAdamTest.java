package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import dev.holdfast.process.SettingsReader;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class ElasticAdamTest {
  private final Parameters parameters = new Parameters(ElasticAdam.PLANES);

  private static LearningSettings settings(double lambda) {
    return LearningSettings.from(
        new SettingsReader(
            Map.of(
                "t.learning.elastic-lambda", Double.toString(lambda),
                "t.learning.weight-decay", "0",
                "t.learning.wide-rate", "0.002"),
            "t"));
  }

  private void step(double lambda, float gradient) {
    new ElasticAdam(parameters, settings(lambda))
        .accept(Part.WIDE, 0, new float[] {gradient}, 0, 1, 1);
  }

  private void hold(float importance, float anchor) {
    parameters.plane(ElasticAdam.IMPORTANCE)[0] = importance;
    parameters.plane(ElasticAdam.ANCHOR)[0] = anchor;
  }

  @Test
  void twoStepsByHand() {
    step(0, .5f);
    // m = .05, v = .0025: a full rate against the gradient's sign.
    assertThat((double) parameters.weights()[0]).isCloseTo(-.002, within(1e-7));
    step(0, .5f);
    // m = .095, v = .004975: .002 · .095 / .0705337.
    assertThat((double) parameters.weights()[0]).isCloseTo(-.002 - .00269375, within(1e-7));
  }

  @Test
  void theElasticStepByHand() {
    hold(2, 1);
    step(10, .5f);
    // θ = -.002, √v = .05, λ F rate = .04, share = .04 / (.050001 + .04).
    double share = .04 / (.050001 + .04);
    assertThat((double) parameters.weights()[0]).isCloseTo(-.002 + share * 1.002, within(1e-6));
  }

  @Test
  void withoutImportanceLambdaChangesNothing() {
    step(1e6, .5f);
    assertThat((double) parameters.weights()[0]).isCloseTo(-.002, within(1e-7));
  }

  @Test
  void anEndlessLambdaFreezesTheWeightAtItsAnchor() {
    hold(1, .25f);
    step(1e12, .5f);
    assertThat((double) parameters.weights()[0]).isCloseTo(.25, within(1e-6));
  }

  @Property
  void neverLeavesTheWayFromTheStepToTheAnchor(
      @ForAll @FloatRange(min = -10, max = 10) float stepped,
      @ForAll @FloatRange(min = -10, max = 10) float anchor,
      @ForAll @DoubleRange(min = -6, max = 6) double size,
      @ForAll @DoubleRange(min = -12, max = 30) double held) {
    float moved =
        ElasticAdam.elastic(
            stepped, anchor, (float) Math.pow(10, size), (float) Math.pow(10, held));

    // One unit in the last place of the larger end for rounding.
    float slack = Math.ulp(Math.max(Math.abs(stepped), Math.abs(anchor))) * 2;
    assertThat(moved)
        .isBetween(Math.min(stepped, anchor) - slack, Math.max(stepped, anchor) + slack);
  }
}
