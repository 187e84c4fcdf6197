package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.network.Parameters;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FisherMergeTest {
  /** What the least importance of every weight comes to. */
  private static final Offset<Float> LEAST = within(1e-4f);

  private static Parameters parameters(float[] weights, float[] importance) {
    Parameters parameters = new Parameters(Planes.START);
    parameters.allocate(weights.length);
    System.arraycopy(weights, 0, parameters.weights(), 0, weights.length);
    System.arraycopy(importance, 0, parameters.plane(Planes.IMPORTANCE), 0, weights.length);
    return parameters;
  }

  @Test
  void weightsAreAveragedByTheirImportance() {
    Parameters mine = parameters(new float[] {1, -2, 0}, new float[] {3, 0, 1});
    Parameters theirs = parameters(new float[] {5, 4, 8}, new float[] {1, 2, 1});
    new FisherMerge(10, 10).merge(mine, 0, theirs, 0, 3);

    assertThat(mine.weights()[0]).isEqualTo(2, LEAST); // (3 · 1 + 1 · 5) / 4
    assertThat(mine.weights()[1]).isEqualTo(4, LEAST); // (0 · −2 + 2 · 4) / 2
    assertThat(mine.weights()[2]).isEqualTo(4, LEAST); // (1 · 0 + 1 · 8) / 2
    assertThat(mine.plane(Planes.IMPORTANCE)).startsWith(3, 2, 1);
    assertThat(mine.plane(Planes.ANCHOR)).startsWith(mine.weights()[0], mine.weights()[1]);
    assertThat(theirs.weights()).startsWith(5, 4, 8);
  }

  @Test
  void whatAStepIsMeasuredByIsAveragedLikeTheWeight() {
    Parameters mine = parameters(new float[] {1}, new float[] {3});
    Parameters theirs = parameters(new float[] {5}, new float[] {1});
    mine.plane(Planes.VARIANCE)[0] = .4f;
    theirs.plane(Planes.VARIANCE)[0] = .8f;
    new FisherMerge(10, 10).merge(mine, 0, theirs, 0, 1);

    assertThat(mine.plane(Planes.VARIANCE)[0]).isEqualTo(.5f, LEAST); // (3 · .4 + 1 · .8) / 4
  }

  @Test
  void weightsThatMatterToNeitherAreAveragedByDocuments() {
    Parameters mine = parameters(new float[] {1}, new float[] {0});
    Parameters theirs = parameters(new float[] {5}, new float[] {0});
    new FisherMerge(29, 9).merge(mine, 0, theirs, 0, 1);

    assertThat(mine.weights()[0]).isEqualTo(2f, within(1e-6f)); // (30 · 1 + 10 · 5) / 40
  }

  @Test
  void aRunLiesWhereItLies() {
    Parameters mine = parameters(new float[] {7, 1}, new float[] {1, 1});
    Parameters theirs = parameters(new float[] {5, 9, 9}, new float[] {1, 1, 1});
    new FisherMerge(1, 1).merge(mine, 1, theirs, 0, 1);

    assertThat(mine.weights()).startsWith(7, 3);
  }
}
