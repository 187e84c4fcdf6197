package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Worked by hand on three segments a, b, c and, where a returns, on a fourth. */
class MeasureTest {
  private static final Course.Cost COST = new Course.Cost(300, 2, 7, 5_000_000);
  private static final Map<String, Double> JOINT = Map.of("a", .9, "b", .8, "c", .8);

  private static final List<Map<String, Double>> MATRIX =
      List.of(
          Map.of("a", .8, "b", .2, "c", .0),
          Map.of("a", .6, "b", .7, "c", .1),
          Map.of("a", .7, "b", .6, "c", .5));

  private static final List<StreamRun.Version> VERSIONS =
      List.of(
          version(5, 0, Map.of("a", .1)),
          version(10, 1, Map.of("a", .8)),
          version(15, 1, Map.of("a", .4, "b", .3)),
          version(20, 2, Map.of("a", .6, "b", .5)),
          version(25, 2, Map.of("a", .6, "b", .6, "c", .1)),
          version(30, 3, Map.of("a", .7, "b", .4, "c", .5)));

  private final StreamRun run =
      new StreamRun(
          List.of("a", "b", "c"), MATRIX, VERSIONS, Map.of("b", .1, "c", .3), JOINT, COST);

  private final StreamRun returning =
      new StreamRun(
          List.of("a", "b", "c", "a"),
          List.of(MATRIX.get(0), MATRIX.get(1), MATRIX.get(2), Map.of("a", .9, "b", .6, "c", .4)),
          VERSIONS,
          Map.of(),
          JOINT,
          COST);

  private static StreamRun.Version version(int documents, int segments, Map<String, Double> f1) {
    return new StreamRun.Version(documents, segments, f1);
  }

  private static void assertIs(double expected, Measure measure, StreamRun of) {
    assertThat(measure.of(of).orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void accIsTheMeanOfTheLastRow() {
    assertIs((.7 + .6 + .5) / 3, Measure.ACC, run);
  }

  @Test
  void backwardTransferIsTheLastRowLessTheDiagonal() {
    assertIs((.7 - .8 + .6 - .7) / 2, Measure.BWT, run);
  }

  @Test
  void forgettingIsTheBestOfAColumnLessItsLast() {
    assertIs((.8 - .7 + .7 - .6) / 2, Measure.FORGETTING, run);
  }

  @Test
  void intransigenceIsJointLessTheDiagonal() {
    assertIs((.9 - .8 + .8 - .7 + .8 - .5) / 3, Measure.INTRANSIGENCE, run);
  }

  @Test
  void gapToJointIsItsMeanLessAcc() {
    assertIs((.9 + .8 + .8) / 3 - .6, Measure.GAP_TO_JOINT, run);
  }

  @Test
  void forwardTransferIsTheMeanOfTheNewTypes() {
    assertIs(.2, Measure.FORWARD_TRANSFER, run);
  }

  @Test
  void minAccIsTheLowestOfOldTypesAtAnyVersionSinceTheyWereLearned() {
    // a: .8 .4 .6 .6 .7 after its segment; b: .5 .6 .4.
    assertIs((.4 + .4) / 2, Measure.MIN_ACC, run);
  }

  @Test
  void shareOfPeakIsAgainstTheBestUntilThen() {
    // a: .4 of .8; b: .4 of .6.
    assertIs(.5, Measure.MIN_SHARE_OF_PEAK, run);
  }

  @Test
  void whatReturnsIsKeptOrLostUpToItsReturn() {
    // a over segments 1 to 3, b and c to the end; the last segment has nothing behind it.
    assertIs((.7 - .8 + .6 - .7 + .4 - .5) / 3, Measure.BWT, returning);
    assertIs((.8 - .7 + .7 - .6 + .5 - .4) / 3, Measure.FORGETTING, returning);
    assertIs((.9 + .6 + .4) / 3, Measure.ACC, returning);
  }

  @Test
  void whatWasLearnedAtOnceHasNothingToForget() {
    StreamRun joint = new StreamRun(List.of(), List.of(JOINT), List.of(), Map.of(), JOINT, COST);

    assertThat(Measure.BWT.of(joint)).isEmpty();
    assertThat(Measure.MIN_ACC.of(joint)).isEmpty();
    assertIs(2.5 / 3, Measure.ACC, joint);
    assertIs(0, Measure.GAP_TO_JOINT, joint);
  }

  @Test
  void costIsPerSecondAndInMegabytes() {
    assertIs(150, Measure.UPDATES_PER_SECOND, run);
    assertIs(5, Measure.MEMORY, run);
    assertIs(7, Measure.REMEMBERED, run);
  }

  @Test
  void spreadOfOneRunIsZeroAndOfTwoHasOneDegreeOfFreedom() {
    assertThat(Spread.of(List.of(.5))).isEqualTo(new Spread(.5, 0));
    assertThat(Spread.of(List.of(1.0, 3.0)).deviation()).isCloseTo(Math.sqrt(2), within(1e-12));
  }
}
