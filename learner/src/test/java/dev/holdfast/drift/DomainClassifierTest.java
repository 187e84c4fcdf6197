package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DomainClassifierTest extends WordsContract {
  @Override
  DriftDetector<HashedWords> fresh() {
    return new DomainClassifier(WindowSettings.DEFAULT, 5);
  }

  @Test
  void areasByHand() {
    assertThat(DomainClassifier.area(new double[] {1, 2}, new double[] {3, 4})).isEqualTo(1);
    assertThat(DomainClassifier.area(new double[] {3, 4}, new double[] {1, 2})).isEqualTo(0);
    assertThat(DomainClassifier.area(new double[] {1, 3}, new double[] {2, 3})).isEqualTo(.625);
    assertThat(DomainClassifier.area(new double[] {}, new double[] {1})).isEqualTo(.5);
  }

  @Test
  void areaIsNearOneWhenAWordGivesEveryDocumentAway() {
    DomainClassifier classifier = new DomainClassifier(WindowSettings.DEFAULT, 5);
    changing(1).subList(0, 450).forEach(classifier::add);

    assertThat(classifier.area()).isCloseTo(1, within(.01));
  }

  @Test
  void deviationsMustMakeSense() {
    assertThatThrownBy(() -> new DomainClassifier(WindowSettings.DEFAULT, -1))
        .hasMessage("expected deviations > 0, was -1.0");
  }
}
