package dev.holdfast.sample;

import java.util.List;

/** The part of an invoice that is counted: rows of items and what they add up to. */
final class InvoiceTable {
  /** Points at both sides of the page. */
  static final double MARGIN = 46;

  private final Canvas canvas;
  private final Dice dice;
  private final Labels labels;
  private final Country country;
  private final double left = MARGIN;
  private final double right;
  private final Money money;
  private final Basket basket;
  private final String sumLabel;

  InvoiceTable(Canvas canvas, Dice dice, Labels labels, Country country, String trade) {
    this.canvas = canvas;
    this.dice = dice;
    this.labels = labels;
    this.country = country;
    this.right = canvas.width() - MARGIN;
    this.money = Money.of(country, dice);
    this.sumLabel = label("total");
    int rows = dice.chance(0.06) ? dice.between(26, 45) : dice.between(1, 9);
    // No tax: exempt, or owed by the customer.
    int rate = dice.chance(0.08) ? 0 : dice.pick(country.taxRates());
    String goods = "invoice." + trade + "." + country.language();
    this.basket = Basket.of(goods, rows, 24, rate, false, dice);
  }

  /** The rows with their headings, over as many pages as they need. */
  void items() {
    boolean numbered = dice.chance(0.4);
    String mark = dice.chance(0.5) ? "." : "";
    double name = numbered ? left + 28 : left;
    double amount = right;
    double price = right - 85;
    double quantity = right - 165;
    Text[] heads = {
      Text.of(label("item")),
      Text.of(label("quantity")),
      Text.of(label("price")),
      Text.of(label("amount"))
    };
    heads(name, quantity, price, heads);
    long carried = 0;
    for (int i = 0; i < basket.items().size(); i++) {
      Basket.Item item = basket.items().get(i);
      if (!canvas.fits(3)) {
        canvas.right(price, label("carried")).right(amount, money.bare().print(carried));
        canvas.newPage();
        canvas.right(right, label("page") + " " + (canvas.page() + 1)).down(2);
        heads(name, quantity, price, heads);
      }
      if (numbered) {
        canvas.left(left, i + 1 + mark);
      }
      canvas.right(quantity, String.valueOf(item.quantity()));
      canvas.right(price, money.bare().print(item.price()));
      canvas.right(amount, money.bare().print(item.amount()));
      canvas.wrap(name, quantity - name - 40, item.name());
      if (dice.chance(0.12)) {
        canvas.left(name, dice.fill("Ref. %####/@")).down(1);
      }
      carried += item.amount();
    }
    canvas.down(1);
    if (!canvas.fits(8)) {
      canvas.newPage();
    }
  }

  private void heads(double name, double quantity, double price, Text[] heads) {
    canvas.left(name, heads[0]).right(quantity, heads[1]).right(price, heads[2]);
    canvas.right(right, heads[3]).down(1.4);
  }

  /** Net, tax and total under each other at the right. */
  void totals() {
    double at = right - dice.between(85, 130);
    canvas.right(at, labels.print(label("net")));
    canvas.right(right, money.bare().print("net", basket.net())).down(1.2);
    if (basket.rate() > 0) {
      canvas.right(at, labels.print(taxLabel()));
      canvas.right(right, money.bare().print("tax", basket.tax())).down(1.2);
    }
    double size = canvas.size();
    canvas.font(size * dice.between(1.0, 1.3));
    String currency = money.before().isEmpty() && dice.chance(0.4) ? " " + money.currency() : "";
    canvas.right(at, labels.print(sumLabel + currency));
    canvas.right(right, money.print("total", basket.total())).down(1.2).font(size);
    again();
  }

  /** Net, tax and total beside each other under their headings. */
  void boxes() {
    double third = (right - left) / 3;
    boolean taxed = basket.rate() > 0;
    canvas.left(left, label("net"));
    if (taxed) {
      canvas.left(left + third, taxLabel());
    }
    canvas.right(right, sumLabel).down(1.2);
    canvas.left(left, money.bare().print("net", basket.net()));
    if (taxed) {
      canvas.left(left + third, money.bare().print("tax", basket.tax()));
    }
    canvas.right(right, money.print("total", basket.total())).down(1.4);
    again();
  }

  /** Some invoices name the total a second time; the gold names the first place only. */
  private void again() {
    if (dice.chance(0.3)) {
      canvas.down(0.5).left(left, labels.print(sumLabel, money.print(basket.total()))).down(1.2);
    }
  }

  private String taxLabel() {
    String name =
        switch (country.code()) {
          case "US" -> "Sales tax";
          case "AU" -> "GST";
          default -> label("tax");
        };
    String rate = basket.percent(country.language().equals("en") ? "." : ",");
    return dice.pick(
        List.of(name + " " + rate + " %", name + " (" + rate + "%)", name, rate + "% " + name));
  }

  private String label(String key) {
    return dice.word(key + "." + country.language());
  }
}
