package dev.holdfast.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BasketTest {
  @Test
  void taxIsAddedToNetPrices() {
    Basket basket = new Basket(List.of(new Basket.Item("nails", 3, 1_000)), 200, false);

    assertThat(List.of(basket.sum(), basket.net(), basket.tax(), basket.total()))
        .containsExactly(3_000L, 3_000L, 600L, 3_600L);
  }

  @Test
  void taxIsTakenOutOfFullPrices() {
    Basket basket = new Basket(List.of(new Basket.Item("nails", 1, 1_200)), 200, true);

    assertThat(List.of(basket.sum(), basket.net(), basket.tax(), basket.total()))
        .containsExactly(1_200L, 1_000L, 200L, 1_200L);
  }

  @Property(tries = 200, seed = "11")
  void itemsSumToTheTotal(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int count) {
    Dice dice = Dice.of(seed, count);
    boolean included = dice.chance(0.5);
    Basket basket = Basket.of("till.goods", count, 4, 83, included, dice);
    long items = basket.items().stream().mapToLong(item -> item.quantity() * item.price()).sum();

    assertThat(basket.items()).hasSize(count);
    assertThat(included ? basket.total() : basket.net()).isEqualTo(items);
    assertThat(basket.net() + basket.tax()).isEqualTo(basket.total());
  }
}
