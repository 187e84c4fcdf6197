package dev.holdfast.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Receipts: a supermarket's till roll, a restaurant's bill, a shop's, a filling station's. */
final class Receipts {
  static final List<String> FIELDS =
      List.of("company", "address", "phone", "date", "receipt_number", "tax", "total");

  /** Points at both sides of the roll. */
  static final double MARGIN = 10;

  private final Dice dice;
  private final Country country;
  private final Company shop;
  private final ReceiptTable table;
  private final Labels labels;
  private final Canvas canvas;
  private final double left = MARGIN;
  private final double right;

  private Receipts(String format, Dice dice) {
    this.dice = dice;
    this.country = dice.pick(Country.ENGLISH);
    this.shop = Company.shop(country, format, dice);
    this.labels = Labels.of(dice);
    int width = dice.pick(List.of(226, 226, 212, 240));
    this.right = width - MARGIN;
    this.canvas = Canvas.roll("en", width).font(dice.between(7.6, 8.4));
    if (dice.chance(0.7)) {
      canvas.monospaced();
    }
    this.table = new ReceiptTable(canvas, dice, labels, country);
  }

  static Canvas draw(String format, Dice dice) {
    Receipts receipt = new Receipts(format, dice);
    switch (format) {
      case "till" -> receipt.till();
      case "restaurant" -> receipt.restaurant();
      case "shop" -> receipt.shop();
      case "fuel" -> receipt.fuel();
      default -> throw new AssertionError(format);
    }
    return receipt.canvas;
  }

  private void till() {
    header(0.75);
    boolean momentFirst = dice.chance(0.5);
    if (momentFirst) {
      moment();
    }
    if (dice.chance(0.5)) {
      canvas.left(left, "SERVED BY " + firstName().toUpperCase(Locale.ROOT)).down(1);
    }
    table.rule();
    Basket basket = table.basket("till.goods", dice.between(2, 11));
    for (Basket.Item item : basket.items()) {
      if (item.quantity() > 1) {
        canvas.left(left, item.name()).down(1);
        table.row("  " + item.quantity() + " x " + ReceiptTable.plain(item.price()), item.amount());
      } else {
        table.row(item.name(), item.amount());
      }
    }
    table.rule();
    table.totals(basket, dice.pick(List.of("SUBTOTAL", "SUB-TOTAL", "Subtotal", "BALANCE")));
    // Labels and amounts that look like the total but are not.
    if (dice.chance(0.3)) {
      int count = basket.items().stream().mapToInt(Basket.Item::quantity).sum();
      canvas
          .left(left, dice.pick(List.of("TOTAL ITEMS", "ITEMS", "ITEMS SOLD")) + " " + count)
          .down(1);
    }
    if (dice.chance(0.2)) {
      table.row(dice.pick(List.of("TOTAL SAVINGS", "YOU SAVED")), dice.between(10, 400));
    }
    table.payment(basket.total());
    if (!momentFirst) {
      moment();
    }
    if (dice.chance(0.7)) {
      String code = dice.fill("%###  ##  %###");
      canvas.center(dice.chance(0.5) ? "STORE " + code : code).down(1);
    }
    footer("till.footer");
  }

  private void restaurant() {
    header(0.9);
    canvas.left(left, labels.print("Table", String.valueOf(dice.between(1, 48))));
    if (dice.chance(0.6)) {
      canvas.right(right, labels.print("Covers", String.valueOf(dice.between(1, 8))));
    }
    canvas.down(1);
    if (dice.chance(0.6)) {
      canvas.left(left, labels.print("Server", firstName())).down(1);
    }
    number(dice.pick(List.of("Check", "Bill No", "Order #", "Check No.")), "%###");
    moment();
    table.rule();
    Basket basket = table.basket("restaurant.goods", dice.between(2, 8));
    for (Basket.Item item : basket.items()) {
      table.row(
          item.quantity() + " " + (dice.chance(0.3) ? "x " : "") + item.name(), item.amount());
    }
    table.rule();
    table.totals(basket, dice.pick(List.of("Food & Bev", "Subtotal", "Sub Total", "Items")));
    if (dice.chance(0.5)) {
      canvas.left(left, "Tip").right(right, "________").down(1.5);
    } else {
      table.payment(basket.total());
    }
    footer("restaurant.footer");
  }

  private void shop() {
    if (dice.chance(0.6)) {
      canvas.center(dice.pick(List.of("TAX INVOICE", "CASH RECEIPT", "SALES RECEIPT", "RECEIPT")));
      canvas.down(1.4);
    }
    header(0.6);
    number(dice.pick(List.of("Receipt #", "Receipt No", "Invoice No", "Doc No", "Trans")), "shop");
    moment();
    if (dice.chance(0.5)) {
      canvas.left(left, labels.print("Cashier", firstName())).down(1);
    }
    table.rule();
    canvas.left(left, "Item").right(right - 62, "Qty").right(right, "Amount").down(1);
    Basket basket = table.basket("shop.goods", dice.between(1, 6));
    for (Basket.Item item : basket.items()) {
      if (dice.chance(0.7)) {
        canvas.left(left, dice.fill("%#####")).down(1);
      }
      canvas.left(left, item.name()).down(1);
      canvas.right(right - 62, item.quantity() + " x " + ReceiptTable.plain(item.price()));
      canvas.right(right, Text.of(ReceiptTable.plain(item.amount()))).down(1);
    }
    table.rule();
    table.totals(basket, dice.pick(List.of("Total excl. tax", "Sub-total", "Goods")));
    table.payment(basket.total());
    footer("shop.footer");
  }

  private void fuel() {
    header(0.8);
    number(dice.pick(List.of("RECEIPT", "TRANS NO", "TICKET")), "######");
    table.rule();
    String[] fuel = dice.word("fuel.goods").split(";", -1);
    int tenths = dice.between(Integer.parseInt(fuel[1]), Integer.parseInt(fuel[2])) * 10 + 9;
    int hundredths = dice.between(900, 6200);
    long paid = Math.round(tenths * hundredths / 1000.0);
    canvas.left(left, "PUMP " + dice.between(1, 12)).right(right, fuel[0]).down(1);
    canvas.left(left, "%d.%02d LITRES".formatted(hundredths / 100, hundredths % 100));
    canvas.right(right, "@ %d.%03d /L".formatted(tenths / 1000, tenths % 1000)).down(1);
    List<Basket.Item> items = new ArrayList<>(List.of(new Basket.Item(fuel[0], 1, paid)));
    table.row(fuel[0], paid);
    for (String extra : dice.some(Vocabulary.words("fuel.extras"), dice.between(0, 2))) {
      Basket.Item item = Basket.item(extra, 1, dice);
      items.add(item);
      table.row(item.name(), item.amount());
    }
    table.rule();
    Basket basket = new Basket(items, dice.pick(country.taxRates()), true);
    table.ratesBelowTotal(basket);
    table.payment(basket.total());
    moment();
    footer("fuel.slogan");
  }

  private void header(double phoneShare) {
    boolean capitals = dice.chance(0.5);
    double size = canvas.size();
    canvas.font(size * dice.between(1.0, 1.35));
    Value company = Value.of("company", cased(shop.name(), capitals));
    for (Text row : canvas.rows(right - left, company.print())) {
      canvas.center(row).down(1);
    }
    canvas.font(size);
    if (dice.chance(0.15)) {
      canvas.center(dice.pick(List.of("EST. ", "SINCE ")) + dice.between(1921, 2014)).down(1);
    }
    if (dice.chance(0.93)) {
      Value address = Value.of("address", "");
      String street = cased(shop.address().street(), capitals);
      String place = cased(shop.address().place(), capitals);
      if (dice.chance(0.3)) {
        for (Text row : canvas.rows(right - left, address.part(street + ", " + place))) {
          canvas.center(row).down(1);
        }
      } else {
        canvas.center(address.part(street + (dice.chance(0.4) ? "," : ""))).down(1);
        canvas.center(address.part(place)).down(1);
      }
    }
    if (dice.chance(phoneShare)) {
      Text phone = Value.of("phone", country.phone(dice)).print();
      String label = dice.pick(List.of("Tel", "Phone", "T", "TEL", "Ph"));
      canvas.center(dice.chance(0.2) ? phone : labels.print(label, phone)).down(1);
    }
    if (dice.chance(0.5)) {
      canvas.center(
          switch (country.code()) {
            case "US" -> labels.print("Store", dice.fill("%###"));
            case "AU" -> labels.print("ABN", country.vat(dice));
            default -> labels.print("VAT No", country.vat(dice));
          });
      canvas.down(1);
    }
    if (dice.chance(0.2)) {
      canvas.center("www." + shop.domain()).down(1);
    }
    canvas.down(0.5);
  }

  /** Date and time, in one of several ways. */
  private void moment() {
    LocalDate day = Labels.day(dice);
    String pattern = country.datePattern(dice).replace("MONTH", "MON");
    Text date = Value.of("date", country.print(day, pattern)).print();
    String time = Labels.time(dice);
    switch (dice.between(0, 3)) {
      case 0 ->
          canvas.left(left, labels.print("Date", date)).right(right, labels.print("Time", time));
      case 1 -> canvas.left(left, date).right(right, time);
      case 2 -> canvas.center(date.then(time));
      default -> canvas.left(left, labels.print("Date", date.then(time)));
    }
    canvas.down(1.2);
  }

  private void number(String label, String pattern) {
    if (dice.chance(0.8)) {
      String text =
          pattern.equals("shop")
              ? dice.fill(dice.word("numbering").replaceAll("Y+", "%#"))
              : dice.fill(pattern);
      canvas.left(left, labels.print(label, Value.of("receipt_number", text).print())).down(1);
    }
  }

  private void footer(String section) {
    canvas.down(0.5);
    for (String line : dice.some(Vocabulary.words(section), dice.between(0, 3))) {
      for (Text row : canvas.rows(right - left, Text.of(line))) {
        canvas.center(row).down(1);
      }
    }
  }

  private String firstName() {
    return dice.word(dice.chance(0.5) ? "given.en.f" : "given.en.m");
  }

  private static String cased(String text, boolean capitals) {
    return capitals ? text.toUpperCase(Locale.ROOT) : text;
  }
}
