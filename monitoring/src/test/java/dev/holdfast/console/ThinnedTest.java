package dev.holdfast.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ThinnedTest {
  @Property(seed = "1")
  void keepsFirstAndLastInOrderAndNotMuchMoreThanAsked(
      @ForAll @IntRange(min = 1, max = 5_000) int count) {
    Thinned<Integer> thinned = new Thinned<>(16);
    for (int i = 0; i < count; i++) {
      thinned.add(i);
    }

    List<Integer> all = thinned.all();
    assertThat(all).isSorted().doesNotHaveDuplicates().hasSizeBetween(Math.min(count, 9), 17);
    assertThat(all.get(0)).isZero();
    assertThat(all.get(all.size() - 1)).isEqualTo(count - 1);
  }
}
