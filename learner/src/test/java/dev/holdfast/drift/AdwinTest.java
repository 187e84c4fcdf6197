package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AdwinTest extends ErrorDetectorContract {
  @Override
  ErrorDetector fresh() {
    return new Adwin(.002, 8);
  }

  @Test
  void cutByHand() {
    Adwin window = new Adwin(.05, 20);
    alarms(window, Collections.nCopies(10, 0.0));
    alarms(window, Collections.nCopies(9, 1.0));

    boolean alarm = window.add(1.0);

    // Ten zeros, ten ones: σ² = 1/4, 1/m = 1/5, means 1 apart; buckets of 4 zeros, then of 2 and 1,
    // end where the zeros do.
    double logarithm = Math.log(2 * Math.log(20) / .05);
    double epsilon = Math.sqrt(2 * .2 * .25 * logarithm) + 2 / 3.0 * .2 * logarithm;
    assertThat(window.level()).isCloseTo(1 / epsilon, within(.35));
    assertThat(alarm).isEqualTo(window.level() > 1);
  }

  @Test
  void windowGrowsWhileNothingChanges() {
    Adwin window = new Adwin(.002, 32);
    alarms(window, usual(5_000, 1));

    assertThat(window.width()).isEqualTo(5_000);
    assertThat(window.mean()).isCloseTo(.1, within(.02));
  }

  @Test
  void windowForgetsWhatWasBeforeAChangeForTheBetterToo() {
    Adwin window = new Adwin(.002, 32);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1_000; i++) {
      window.add(changed(random));
    }
    for (int i = 0; i < 1_000; i++) {
      window.add(usual(random));
    }

    assertThat(window.width()).isLessThan(1_100);
    assertThat(window.mean()).isCloseTo(.1, within(.04));
  }

  @Property(seed = "1", tries = 100)
  void meanIsThatOfTheLatestErrorsInTheWindow(
      @ForAll @Size(max = 300) List<@DoubleRange(min = 0, max = 1) Double> stream) {
    Adwin window = new Adwin(.05, 8);
    alarms(window, stream);

    List<Double> kept =
        stream.subList(stream.size() - Math.toIntExact(window.width()), stream.size());
    double mean = kept.stream().mapToDouble(x -> x).average().orElse(0);
    assertThat(window.mean()).isCloseTo(mean, within(1e-9));
  }

  @Test
  void settingsMustMakeSense() {
    assertThatThrownBy(() -> new Adwin(0, 1)).hasMessageContaining("0 < delta < 1");
    assertThatThrownBy(() -> new Adwin(.1, 0)).hasMessageContaining("clock >= 1");
  }
}
