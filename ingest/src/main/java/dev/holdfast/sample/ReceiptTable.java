package dev.holdfast.sample;

import java.util.List;

/** The part of a receipt that is counted: rows of goods, what they add up to, how it was paid. */
final class ReceiptTable {
  private final Canvas canvas;
  private final Dice dice;
  private final Labels labels;
  private final Country country;
  private final Money money;
  private final double left;
  private final double right;

  ReceiptTable(Canvas canvas, Dice dice, Labels labels, Country country) {
    this.canvas = canvas;
    this.dice = dice;
    this.labels = labels;
    this.country = country;
    this.money = Money.of(country, dice);
    this.left = Receipts.MARGIN;
    this.right = canvas.width() - Receipts.MARGIN;
  }

  Basket basket(String section, int count) {
    return Basket.of(section, count, 4, dice.pick(country.taxRates()), !country.addsTax(), dice);
  }

  void totals(Basket basket, String subtotal) {
    if (!basket.taxIncluded() || dice.chance(0.5)) {
      canvas.left(left, labels.print(subtotal));
      canvas.right(right, money.bare().print(basket.taxIncluded() ? basket.sum() : basket.net()));
      canvas.down(1);
    }
    boolean below = basket.taxIncluded() && dice.chance(0.7);
    if (!basket.taxIncluded() || (!below && dice.chance(0.6))) {
      tax(basket);
    }
    double size = canvas.size();
    canvas.font(size * dice.between(1.0, 1.25));
    String label =
        dice.pick(
            List.of(
                "TOTAL",
                "Total",
                "TOTAL DUE",
                "Amount due",
                "TO PAY",
                "Grand Total",
                "TOTAL " + money.currency()));
    canvas.left(left, labels.print(label));
    canvas.right(right, money.print("total", basket.total())).down(1.1).font(size);
    if (below && dice.chance(0.8)) {
      tax(basket);
    }
  }

  private void tax(Basket basket) {
    String rate = basket.percent(".") + "%";
    String name = basket.taxIncluded() ? "Incl. " + taxName() : taxName();
    Text label = Text.of(dice.pick(List.of(name + " " + rate, name, name + " @ " + rate)));
    canvas.left(left, label).right(right, money.bare().print("tax", basket.tax())).down(1);
  }

  private String taxName() {
    return switch (country.code()) {
      case "US" -> "Sales Tax";
      case "AU" -> "GST";
      default -> "VAT";
    };
  }

  void payment(long total) {
    if (dice.chance(0.45)) {
      long given = total + (500 - total % 500) % 500;
      row(dice.pick(List.of("CASH", "Cash", "CASH TENDERED")), given);
      row(dice.pick(List.of("CHANGE", "Change due", "Change")), given - total);
    } else if (dice.chance(0.8)) {
      row(dice.pick(List.of("VISA DEBIT", "MASTERCARD", "CARD", "CONTACTLESS", "EFTPOS")), total);
      if (dice.chance(0.6)) {
        canvas.left(left, dice.fill("**** **** **** ####")).down(1);
        canvas.left(left, "AUTH CODE " + dice.fill("######")).down(1);
      }
    }
    canvas.down(0.6);
  }

  void row(String name, long amount) {
    canvas.left(left + (name.startsWith(" ") ? 12 : 0), name);
    canvas.right(right, money.bare().print(amount)).down(1);
  }

  void rule() {
    if (dice.chance(0.3)) {
      canvas.center(dice.pick(List.of("-", "=", "*")).repeat(28)).down(1);
    } else {
      canvas.down(0.5);
    }
  }

  static String plain(long cents) {
    return "%d.%02d".formatted(cents / 100, cents % 100);
  }

  /** Net and tax by rate under headings, the total above them. */
  void ratesBelowTotal(Basket basket) {
    canvas.left(left, labels.print(dice.pick(List.of("SALE TOTAL", "TOTAL", "AMOUNT"))));
    canvas.right(right, money.print("total", basket.total())).down(1.3);
    if (dice.chance(0.8)) {
      canvas.left(left, "RATE").center("NET").right(right, taxName()).down(1);
      canvas.left(left, basket.percent(".") + "%").center(money.bare().print(basket.net()));
      canvas.right(right, money.bare().print("tax", basket.tax())).down(1);
    }
  }
}
