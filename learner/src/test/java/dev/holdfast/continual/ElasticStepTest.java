package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.continual.StepSettings.Rule;
import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ElasticStepTest {
  private static final float[] GRADIENT = {.5f};

  private final Parameters parameters = new Parameters(Planes.STEPS + 1);

  private static StepSettings settings(Rule rule, double rate, double lambda, double startPull) {
    return new StepSettings(
        rule,
        Map.of(Part.WIDE, rate, Part.CHAIN, rate, Part.APPLICABILITY, rate),
        0,
        lambda,
        startPull,
        0);
  }

  private void step(StepSettings settings, float[] gradient) {
    new ElasticStep(parameters, settings).accept(Part.WIDE, 0, gradient, 0, gradient.length, 1);
  }

  private void hold(float importance, float anchor) {
    parameters.plane(Planes.IMPORTANCE)[0] = importance;
    parameters.plane(Planes.ANCHOR)[0] = anchor;
  }

  private double weight() {
    return parameters.weights()[0];
  }

  @Test
  void twoStepsOfSparseAdamByHand() {
    StepSettings adam = settings(Rule.ADAM, .002, 0, 0);
    step(adam, GRADIENT);
    // m = .05, v = .0025: a full rate against the gradient's sign.
    assertThat(weight()).isCloseTo(-.002, within(1e-7));
    step(adam, GRADIENT);
    // m = .095, v = .004975: .002 · .095 / .0705337.
    assertThat(weight()).isCloseTo(-.002 - .00269375, within(1e-7));
  }

  @Test
  void applicabilityIsSteppedByAsMuchAsItsGradientSaysWhateverTheRuleIs() {
    ElasticStep step = new ElasticStep(parameters, settings(Rule.ADAM, .05, 0, 0));
    step.accept(Part.APPLICABILITY, 0, new float[] {.5f, .001f}, 0, 2, 0);
    step.accept(Part.APPLICABILITY, 0, new float[] {0, .001f}, 0, 2, 0);

    assertThat(weight()).isCloseTo(-.05 * .5, within(1e-9));
    assertThat((double) parameters.weights()[1]).isCloseTo(-.05 * .002, within(1e-9));
  }

  @Test
  void twoStepsOfPublishedAdamByHand() {
    StepSettings adam = settings(Rule.ADAM_CORRECTED, .002, 0, 0);
    step(adam, GRADIENT);
    // m̂ = .05 / .1 = .5, v̂ = .00025 / .001 = .25: a full rate.
    assertThat(weight()).isCloseTo(-.002, within(1e-7));
    step(adam, new float[] {-1});
    // m = -.055, m̂ = -.055 / .19; v = .00124975, v̂ = .00124975 / .001999 = .6251876.
    assertThat(weight()).isCloseTo(-.002 + .002 * .2894737 / .7906880, within(1e-7));
  }

  @Test
  void inPublishedAdamNeighboursCountTheirOwnSteps() {
    StepSettings adam = settings(Rule.ADAM_CORRECTED, .002, 0, 0);
    step(adam, GRADIENT);
    step(adam, new float[] {-1, .5f, .5f});
    // The first one's second step, as above, and the first of the others: a full rate.
    assertThat(weight()).isCloseTo(-.002 + .002 * .2894737 / .7906880, within(1e-7));
    assertThat((double) parameters.weights()[1]).isCloseTo(-.002, within(1e-7));
    assertThat((double) parameters.weights()[2]).isCloseTo(-.002, within(1e-7));
  }

  @Test
  void twoStepsOfGradientDescentByHand() {
    StepSettings plain = settings(Rule.SGD, .1, 0, 0);
    step(plain, GRADIENT);
    step(plain, new float[] {-1});
    assertThat(weight()).isCloseTo(-.05 + .1, within(1e-7));
  }

  @Test
  void theElasticStepByHand() {
    hold(2, 1);
    step(settings(Rule.ADAM, .002, 10, 0), GRADIENT);
    // θ = -.002, √v = .05, λ F rate = .04, share = .04 / (.050001 + .04).
    double share = .04 / (.050001 + .04);
    assertThat(weight()).isCloseTo(-.002 + share * 1.002, within(1e-6));
  }

  @Test
  void afterGradientDescentTheMetricIsOneByRate() {
    hold(2, 1);
    step(settings(Rule.SGD, .1, 10, 0), GRADIENT);
    // (10 · -.05 + 10 · 2 · 1) / (10 + 20).
    assertThat(weight()).isCloseTo(19.5 / 30, within(1e-6));
  }

  @Test
  void thePullToTheStartByHand() {
    hold(2, 1);
    parameters.plane(Planes.START)[0] = -2;
    step(settings(Rule.SGD, .1, 10, 5), GRADIENT);
    // (10 · -.05 + 20 · 1 + 5 · -2) / (10 + 20 + 5).
    assertThat(weight()).isCloseTo(9.5 / 35, within(1e-6));
  }

  @Test
  void chainsAreNotPulledToTheirStart() {
    parameters.plane(Planes.START)[0] = -2;
    new ElasticStep(parameters, settings(Rule.SGD, .1, 10, 5))
        .accept(Part.CHAIN, 0, GRADIENT, 0, 1, 0);
    assertThat(weight()).isCloseTo(-.05, within(1e-7));
  }

  @Test
  void withoutImportanceLambdaChangesNothing() {
    step(settings(Rule.ADAM, .002, 1e6, 0), GRADIENT);
    assertThat(weight()).isCloseTo(-.002, within(1e-7));
  }

  @ParameterizedTest
  @EnumSource
  void anEndlessLambdaFreezesWeightsAtTheirAnchors(Rule rule) {
    hold(1, .25f);
    StepSettings settings = settings(rule, .1, Double.MAX_VALUE, 0);
    for (int i = 0; i < 5; i++) {
      step(settings, GRADIENT);
      assertThat(parameters.weights()[0]).isEqualTo(.25f);
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutLambdaItIsThePlainOptimizerToTheBit(Rule rule) {
    SplittableRandom random = new SplittableRandom(1);
    int size = 3_000;
    Parameters plain = new Parameters(Planes.STEPS + 1);
    Arrays.fill(parameters.plane(Planes.IMPORTANCE), 0, size, 7f);
    Arrays.fill(parameters.plane(Planes.ANCHOR), 0, size, 3f);
    ElasticStep elastic = new ElasticStep(parameters, settings(rule, .01, 0, 0));
    Optimizer optimizer = rule.on(plain);
    float[] gradient = new float[size];
    for (int i = 0; i < 5; i++) {
      for (int k = 0; k < size; k++) {
        gradient[k] = (float) random.nextGaussian();
      }
      elastic.accept(Part.WIDE, 0, gradient, 0, size, 1);
      for (int k = 0; k < size; k++) {
        plain.weights()[k] -= optimizer.push(k, gradient[k], .01f) / optimizer.metric(k);
      }
    }
    assertThat(parameters.weights()).isEqualTo(plain.weights());
  }

  @Property(seed = "1", tries = 200)
  void neverNotANumberForAnyLambda(
      @ForAll Rule rule,
      @ForAll @DoubleRange(min = -6, max = 12) double lambda,
      @ForAll @DoubleRange(min = -30, max = 30) double importance,
      @ForAll @DoubleRange(min = -20, max = 10) double gradient,
      @ForAll @DoubleRange(min = -12, max = 12) double startPull,
      @ForAll boolean pulled) {
    Parameters own = new Parameters(Planes.STEPS + 1);
    own.allocate(1);
    own.plane(Planes.MEASURED)[0] = (float) Math.pow(10, importance);
    new Importance(own, LearningSettings.DEFAULT.importance()).consolidate(1);
    own.plane(Planes.ANCHOR)[0] = .5f;
    own.plane(Planes.START)[0] = -.5f;
    ElasticStep step =
        new ElasticStep(
            own, settings(rule, .01, Math.pow(10, lambda), pulled ? Math.pow(10, startPull) : 0));
    float[] slope = {(float) Math.pow(10, gradient)};
    for (int i = 0; i < 20; i++) {
      slope[0] = -slope[0];
      step.accept(Part.WIDE, 0, slope, 0, 1, 1);
      assertThat(own.weights()[0]).isFinite();
    }
  }

  @Property(seed = "1")
  void neverLeavesTheWayFromTheStepToTheAnchor(
      @ForAll @FloatRange(min = -10, max = 10) float weight,
      @ForAll @FloatRange(min = -10, max = 10) float anchor,
      @ForAll @FloatRange(min = -1, max = 1) float step,
      @ForAll @DoubleRange(min = -6, max = 6) double metric,
      @ForAll @DoubleRange(min = -12, max = 36) double held) {
    float size = (float) Math.pow(10, metric);
    float stepped = weight - step;

    float moved =
        ElasticStep.elastic(weight, step * size, size, anchor, (float) Math.pow(10, held));

    // Six roundings, each by half a unit in the last place of a number at most twice as large as
    // the largest on the way.
    float slack =
        6 * Math.ulp(Math.max(Math.abs(weight), Math.max(Math.abs(stepped), Math.abs(anchor))));
    assertThat(moved)
        .isBetween(Math.min(stepped, anchor) - slack, Math.max(stepped, anchor) + slack);
  }
}
