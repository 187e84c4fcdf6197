package dev.holdfast.continual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReservoirTest {
  private final SplittableRandom random = new SplittableRandom(1);

  private Reservoir<Integer> offered(int capacity, int count) {
    Reservoir<Integer> reservoir = new Reservoir<>(capacity);
    for (int i = 0; i < count; i++) {
      int place = reservoir.offer(random);
      if (place >= 0) {
        reservoir.put(place, i);
      }
    }
    return reservoir;
  }

  @Test
  void everythingHasTheSameChanceToStay() {
    int[] stayed = new int[20];
    for (int run = 0; run < 2_000; run++) {
      offered(5, 20).items().forEach(item -> stayed[item]++);
    }
    // Each stays with ¼: 500 of 2,000, deviation 19.
    for (int count : stayed) {
      assertThat(count).isBetween(400, 600);
    }
  }

  @Test
  void holdsNoMoreThanItMay() {
    assertThat(offered(5, 3).items()).containsExactly(0, 1, 2);
    assertThat(offered(5, 100).size()).isEqualTo(5);
    assertThat(offered(0, 3).items()).isEmpty();
  }
}
