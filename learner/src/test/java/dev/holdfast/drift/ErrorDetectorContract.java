package dev.holdfast.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every detector on errors does. */
abstract class ErrorDetectorContract extends DriftDetectorContract<Double> {
  @Override
  abstract ErrorDetector fresh();

  @Override
  Double usual(SplittableRandom random) {
    return random.nextDouble() < .1 ? 1.0 : 0;
  }

  @Override
  Double changed(SplittableRandom random) {
    return random.nextDouble() < .7 ? 1.0 : 0;
  }

  @Test
  void improvementDoesNotAlarm() {
    List<Double> stream = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    IntStream.range(0, 400).forEach(i -> stream.add(changed(random)));
    IntStream.range(0, 400).forEach(i -> stream.add(usual(random)));

    assertThat(alarms(fresh(), stream)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, .3, 1})
  void oneErrorForEverDoesNotAlarm(double error) {
    assertThat(alarms(fresh(), Collections.nCopies(2_000, error))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 29, 400, 433})
  void savedAndRestoredItGoesOnAsItWould(int before) throws IOException {
    List<Double> stream = changing(8);
    ErrorDetector saved = fresh();
    alarms(saved, stream.subList(0, before));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    saved.save(new DataOutputStream(bytes));

    ErrorDetector restored = fresh();
    restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(restored.level()).isEqualTo(saved.level());
    for (double error : stream.subList(before, stream.size())) {
      assertThat(restored.add(error)).isEqualTo(saved.add(error));
      assertThat(restored.level()).isEqualTo(saved.level());
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoErrorIsRefused(double error) {
    assertThatThrownBy(() -> fresh().add(error))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected an error from 0 to 1, was " + error);
  }

  @Property(seed = "1", tries = 50)
  void levelIsANumberWhateverComes(@ForAll List<@DoubleRange(min = 0, max = 1) Double> stream) {
    ErrorDetector detector = fresh();
    for (double error : stream) {
      boolean alarm = detector.add(error);
      assertThat(detector.level()).isFinite().isNotNegative();
      assertThat(!alarm || detector.level() >= 1).isTrue();
    }
  }
}
