package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.continual.ImportanceSettings.Anchor;
import dev.holdfast.continual.ImportanceSettings.Unit;
import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ImportanceTest {
  private static final double UNBOUNDED = Double.POSITIVE_INFINITY;

  /** Weights are 0 and ln 3, the input 2: probabilities are .1 and .9. */
  private static final float LOG3 = (float) Math.log(3);

  private final Parameters parameters = new Parameters(Planes.START);
  private final SplittableRandom random = new SplittableRandom(1);

  private static ImportanceSettings of(Estimator estimator) {
    return new ImportanceSettings(estimator, Unit.TASK, 1, false, UNBOUNDED, Anchor.LATEST);
  }

  private double[] measured(Estimator estimator, int examples) {
    LinearClassifier classifier = new LinearClassifier(parameters, 0, LOG3);
    Importance importance = new Importance(parameters, of(estimator));
    for (int i = 0; i < examples; i++) {
      importance.measure(classifier.run(2, 1), random);
    }
    importance.consolidate(examples);
    float[] found = parameters.plane(Planes.IMPORTANCE);
    return new double[] {found[0], found[1]};
  }

  private static void assertClose(double[] found, double first, double second, double tolerance) {
    assertThat(found[0]).isCloseTo(first, within(tolerance));
    assertThat(found[1]).isCloseTo(second, within(tolerance));
  }

  @Test
  void empiricalFisherByHand() {
    // (p − y) x = (.1 · 2, −.1 · 2).
    assertClose(measured(Estimator.EMPIRICAL, 3), .04, .04, 1e-6);
  }

  @Test
  void exactFisherByHand() {
    // .1 · (−.9 · 2)² + .9 · (.1 · 2)².
    assertClose(measured(Estimator.EXACT, 3), .36, .36, 1e-6);
  }

  @Test
  void sampledFisherIsTheExactOneOnAverage() {
    // One draw is 3.24 with .1 and .04 with .9: deviation .96, of the mean of 10,000 .0096.
    assertClose(measured(Estimator.SAMPLED, 10_000), .36, .36, .04);
  }

  @Test
  void memoryAwareSynapsesByHand() {
    // |2 z x| with z = (0, 2 ln 3).
    assertClose(measured(Estimator.MAS, 3), 0, 8 * Math.log(3), 1e-5);
  }

  @Test
  void reversedFisherByHand() {
    // With the other sign probabilities are (.9, .1): (−(.9) · 2, −(.1 − 1) · 2).
    assertClose(measured(Estimator.REVERSED, 3), 3.24, 3.24, 1e-5);
  }

  @Test
  void sharesOfImportanceAreSquaredForEachExample() {
    LinearClassifier classifier = new LinearClassifier(parameters, 0, LOG3);
    Importance importance = new Importance(parameters, of(Estimator.EMPIRICAL));
    importance.measure(classifier.run(2, 1), random);
    importance.measure(classifier.run(-2, 1), random);
    importance.consolidate(2);
    // Gradients (.2, −.2) and, with probabilities (.9, .1), (−1.8, 1.8): their sum would hide it.
    assertThat((double) parameters.plane(Planes.IMPORTANCE)[0])
        .isCloseTo((.04 + 3.24) / 2, within(1e-5));
  }

  private Importance consolidated(ImportanceSettings settings, float[] squares, float weight) {
    Importance importance = new Importance(parameters, settings);
    float[] roots = new float[squares.length];
    for (int k = 0; k < roots.length; k++) {
      roots[k] = (float) Math.sqrt(squares[k]);
      parameters.weights()[k] = weight;
    }
    importance.squares(1).accept(Part.WIDE, 0, roots, 0, roots.length, 1);
    importance.consolidate(1);
    return importance;
  }

  @Test
  void penaltyImportanceAndDistanceByHand() {
    parameters.allocate(3);
    System.arraycopy(new float[] {2, 3, 0}, 0, parameters.plane(Planes.IMPORTANCE), 0, 3);
    System.arraycopy(new float[] {1, 5, 7}, 0, parameters.plane(Planes.ANCHOR), 0, 3);
    System.arraycopy(new float[] {4, 1, 9}, 0, parameters.weights(), 0, 3);

    // .5 / 2 · (2 · 3² + 3 · 4²); the third weight does not matter.
    assertThat(Held.of(parameters, .5)).isEqualTo(new Held(16.5, 5, 5));
  }

  @Test
  void whatWasImportantDecaysAndAddsUp() {
    parameters.allocate(1);
    ImportanceSettings settings = ImportanceSettings.online(.5);
    consolidated(settings, new float[] {4}, 1);
    consolidated(settings, new float[] {16}, 2);
    assertThat(parameters.plane(Planes.IMPORTANCE)[0]).isEqualTo(18);
    assertThat(parameters.plane(Planes.ANCHOR)[0]).isEqualTo(2);
    assertThat(parameters.plane(Planes.MEASURED)[0]).isZero();
  }

  @Test
  void countedByExampleItIsAllOneHowManyComeBetweenTwoConsolidations() {
    parameters.allocate(1);
    ImportanceSettings settings =
        new ImportanceSettings(
            Estimator.EMPIRICAL, Unit.EXAMPLE, .5, false, UNBOUNDED, Anchor.LATEST);
    parameters.plane(Planes.IMPORTANCE)[0] = 8;
    Importance importance = new Importance(parameters, settings);
    importance.squares(1).accept(Part.WIDE, 0, new float[] {2}, 0, 1, 1);
    importance.squares(1).accept(Part.WIDE, 0, new float[] {3}, 0, 1, 1);
    importance.consolidate(2);
    // 8 halved for each of the two, and both squares, not their mean.
    assertThat(parameters.plane(Planes.IMPORTANCE)[0]).isEqualTo(8 / 4f + 4 + 9);
  }

  @Test
  void normalisedImportanceHasMeanOneOverWhatWasTouchedAndIsClippedAfterwards() {
    parameters.allocate(4);
    consolidated(
        new ImportanceSettings(Estimator.EMPIRICAL, Unit.TASK, 1, true, 2, Anchor.LATEST),
        new float[] {1, 1, 16, 0},
        1);
    // Mean of the three is 6; 16 / 6 is clipped.
    float[] importance = parameters.plane(Planes.IMPORTANCE);
    assertThat((double) importance[0]).isCloseTo(1 / 6., within(1e-6));
    assertThat(importance[2]).isEqualTo(2);
    assertThat(importance[3]).isZero();
  }

  @Test
  void normalisedImportanceIsTheSameWhereverWeightsLie() {
    // In doubles their sum, by its order, is one of two that lead to different floats.
    float[] measured = {0x1.3fdf3ep3f, 0x1.355baep-22f, 0x1p-48f, 0x1p-50f, 0x1p-50f};
    float[] reversed = {0x1p-50f, 0x1p-50f, 0x1p-48f, 0x1.355baep-22f, 0x1.3fdf3ep3f};

    assertThat(normalised(reversed)[4]).isEqualTo(normalised(measured)[0]);
  }

  private static float[] normalised(float[] measured) {
    Parameters own = new Parameters(Planes.START);
    own.allocate(measured.length);
    System.arraycopy(measured, 0, own.plane(Planes.MEASURED), 0, measured.length);
    new Importance(
            own,
            new ImportanceSettings(
                Estimator.EMPIRICAL, Unit.TASK, 1, true, UNBOUNDED, Anchor.LATEST))
        .consolidate(1);
    return own.plane(Planes.IMPORTANCE);
  }

  @Property(seed = "1")
  void meanAnchorIsTheSumOfThePenaltiesOfAllConsolidations(
      @ForAll @DoubleRange(min = -3, max = 3) double first,
      @ForAll @DoubleRange(min = -3, max = 3) double second,
      @ForAll @DoubleRange(min = .01, max = 10) double firstSquare,
      @ForAll @DoubleRange(min = .01, max = 10) double secondSquare) {
    ImportanceTest own = new ImportanceTest();
    own.parameters.allocate(1);
    ImportanceSettings settings =
        new ImportanceSettings(Estimator.EMPIRICAL, Unit.TASK, 1, false, UNBOUNDED, Anchor.MEAN);
    own.consolidated(settings, new float[] {(float) firstSquare}, (float) first);
    own.consolidated(settings, new float[] {(float) secondSquare}, (float) second);

    double importance = own.parameters.plane(Planes.IMPORTANCE)[0];
    double anchor = own.parameters.plane(Planes.ANCHOR)[0];
    for (double at : new double[] {-1, .5, 2}) {
      double slopes = firstSquare * (at - first) + secondSquare * (at - second);
      assertThat(importance * (at - anchor)).isCloseTo(slopes, within(1e-3));
    }
  }

  @Test
  void rowsThatComeIntoBeingLaterAreHeldFromTheNextConsolidationOn() {
    new LinearClassifier(parameters, 1, 1);
    Importance importance = new Importance(parameters, of(Estimator.EMPIRICAL));
    importance.consolidate(1);
    LinearClassifier later = new LinearClassifier(parameters, 0, LOG3);
    ElasticStep step =
        new ElasticStep(
            parameters,
            new StepSettings(StepSettings.Rule.SGD, Map.of(Part.WIDE, .1), 0, 1e12, 0, 0));

    step.accept(Part.WIDE, 2, new float[] {1, 1}, 0, 2, 1);
    assertThat((double) parameters.weights()[2]).isCloseTo(-.1, within(1e-6));

    importance.measure(later.run(2, 1), random);
    importance.consolidate(1);
    float held = parameters.weights()[2];
    step.accept(Part.WIDE, 2, new float[] {1, 1}, 0, 2, 1);
    assertThat((double) parameters.weights()[2]).isCloseTo(held, within(1e-6));
  }
}
