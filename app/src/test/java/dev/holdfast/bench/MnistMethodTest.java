package dev.holdfast.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.continual.Estimator;
import dev.holdfast.continual.ImportanceSettings.Anchor;
import org.junit.jupiter.api.Test;

class MnistMethodTest {
  @Test
  void termsAddUp() {
    MnistMethod method = MnistMethod.parse("der-200+ewc@1e+7+l2-init@0.1");

    assertThat(method.memories()).isEqualTo(200);
    assertThat(method.storesLogits()).isTrue();
    assertThat(method.elastic().orElseThrow().lambda()).hasValue(1e7);
    assertThat(method.startPull()).isEqualTo(.1);
    assertThat(method.joint()).isFalse();
  }

  @Test
  void nothingIsSwitchedOnByItself() {
    MnistMethod naive = MnistMethod.parse("naive");

    assertThat(naive.memories()).isZero();
    assertThat(naive.elastic()).isEmpty();
    assertThat(naive.startPull()).isZero();
  }

  @Test
  void waysToHoldHaveTheirNames() {
    assertThat(MnistMethod.parse("ewc-dr").elastic().orElseThrow().estimator())
        .contains(Estimator.REVERSED);
    assertThat(MnistMethod.parse("ewc-separate").elastic().orElseThrow().anchor())
        .isEqualTo(Anchor.MEAN);
    assertThat(MnistMethod.parse("ewc-explicit@3").elastic().orElseThrow().explicit()).isTrue();
    assertThat(MnistMethod.parse("ewc").elastic().orElseThrow().lambda()).isEmpty();
  }

  @Test
  void aTermThatIsNoneIsNamed() {
    assertThatThrownBy(() -> MnistMethod.parse("er-200+ewk"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("was ewk");
  }
}
