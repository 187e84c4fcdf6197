package dev.holdfast.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * What is paid for, in hundredths of the currency.
 *
 * @param items at least one
 * @param rate of the tax, in tenths of a percent
 * @param taxIncluded whether the prices include it
 */
record Basket(List<Item> items, int rate, boolean taxIncluded) {

  /**
   * One row.
   *
   * @param name of the goods
   * @param quantity at least 1
   * @param price of one
   */
  record Item(String name, int quantity, long price) {
    long amount() {
      return quantity * price;
    }
  }

  Basket {
    items = List.copyOf(items);
  }

  /** So many rows of goods of a section, different ones as long as there are some. */
  static Basket of(
      String section, int count, int mostOfOne, int rate, boolean included, Dice dice) {
    List<Item> items = new ArrayList<>();
    while (items.size() < count) {
      for (String entry : dice.some(Vocabulary.words(section), count - items.size())) {
        int quantity = dice.chance(0.6) ? 1 : dice.between(1, mostOfOne);
        items.add(item(entry, quantity, dice));
      }
    }
    return new Basket(items, rate, included);
  }

  static Item item(String entry, int quantity, Dice dice) {
    String[] parts = entry.split(";", -1);
    int price = dice.between(Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    return new Item(parts[0], quantity, usual(price, dice));
  }

  /** A price near that one as sellers like them, such as 2.49, 3.20 or 125.00. */
  private static int usual(int price, Dice dice) {
    if (price < 50 || dice.chance(0.15)) {
      return price;
    }
    int step = price < 2_000 ? 10 : price < 20_000 ? 50 : 500;
    return price / step * step + (price < 2_000 ? dice.pick(List.of(0, 5, 9, 9)) : 0);
  }

  long sum() {
    return items.stream().mapToLong(Item::amount).sum();
  }

  long net() {
    return taxIncluded ? sum() - tax() : sum();
  }

  long tax() {
    long base = taxIncluded ? 1000L + rate : 1000L;
    return Math.floorDiv(2 * sum() * rate + base, 2 * base);
  }

  long total() {
    return net() + tax();
  }

  /** The rate as it is printed, such as 20 or 8.3. */
  String percent(String decimal) {
    return rate % 10 == 0 ? String.valueOf(rate / 10) : rate / 10 + decimal + rate % 10;
  }
}
