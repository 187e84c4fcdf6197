package dev.holdfast.sample;

import dev.holdfast.sample.Country.Address;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Invoices: two layouts of English-speaking suppliers, and letters in four languages. */
final class Invoices {
  static final List<String> FIELDS =
      List.of(
          "supplier",
          "supplier_vat",
          "customer",
          "customer_address",
          "invoice_number",
          "invoice_date",
          "due_date",
          "purchase_order",
          "net",
          "tax",
          "total",
          "iban");

  private final Dice dice;
  private final Country country;
  private final Company supplier;
  private final Company customer;
  private final Labels labels;
  private final Letterhead letterhead;
  private final InvoiceTable table;
  private final Canvas canvas;
  private final double left = InvoiceTable.MARGIN;
  private final double right;

  /** A label and what it names. */
  private record Detail(String label, Text text) {}

  private Invoices(String format, Dice dice) {
    this.dice = dice;
    boolean english = !format.equals("letter") || dice.chance(0.15);
    this.country = dice.pick(english ? Country.ENGLISH : Country.OTHERS);
    String trade = dice.chance(0.5) ? "goods" : "service";
    this.supplier = Company.in(country, trade, dice);
    this.customer = Company.in(country, dice);
    this.labels = Labels.of(dice);
    boolean american = country.code().equals("US");
    this.canvas =
        Canvas.sheet(country.language(), american ? 612 : 595, american ? 792 : 842)
            .font(dice.between(8.6, 10));
    this.right = canvas.width() - left;
    this.letterhead = new Letterhead(canvas, dice, labels, supplier);
    this.table = new InvoiceTable(canvas, dice, labels, country, trade);
  }

  static Canvas draw(String format, Dice dice) {
    Invoices invoice = new Invoices(format, dice);
    switch (format) {
      case "classic" -> invoice.classic();
      case "ledger" -> invoice.ledger();
      case "letter" -> invoice.letter();
      default -> throw new AssertionError(format);
    }
    return invoice.canvas;
  }

  private void classic() {
    double size = canvas.size();
    canvas.font(size * 2).right(right, label("title"));
    canvas.font(size * 1.5).fitted(left, 320, letterhead.name()).down(1.1).font(size);
    canvas.left(left, supplier.address().street()).down(1);
    canvas.left(left, supplier.address().place()).down(1);
    for (Text line : letterhead.contacts()) {
      canvas.left(left, line).down(1);
    }
    canvas.down(1.5);
    double top = canvas.y();
    canvas.left(left, labels.print(label("customer"))).down(1.1);
    addressee(left);
    double bottom = canvas.y();
    canvas.y(top);
    double column = left + 0.58 * (right - left);
    if (dice.chance(0.35)) {
      delivery(column);
      canvas.y(Math.max(bottom, canvas.y())).down(1);
      details(left, left + 110);
    } else {
      details(column, dice.chance(0.5) ? right : column + 95);
    }
    canvas.y(Math.max(bottom, canvas.y())).down(1.5);
    table.items();
    table.totals();
    canvas.down(2);
    letterhead.bank(left);
    terms();
  }

  private void ledger() {
    double size = canvas.size();
    canvas.font(size * 1.7).center(letterhead.name()).down(1).font(size * 0.85);
    Address address = supplier.address();
    canvas.center(address.street() + ", " + address.place()).down(1);
    Text line = Text.EMPTY;
    for (Text contact : letterhead.contacts()) {
      line = line.then(contact).then(dice.chance(0.5) ? "|" : "-");
    }
    canvas.center(new Text(line.words().subList(0, line.words().size() - 1))).down(2);
    canvas.font(size * 1.4).center(label("title")).down(1.2).font(size);
    List<Detail> details = details();
    double step = (right - left) / details.size();
    for (int i = 0; i < details.size(); i++) {
      canvas.left(left + i * step, details.get(i).label());
    }
    canvas.down(1.1);
    for (int i = 0; i < details.size(); i++) {
      canvas.left(left + i * step, details.get(i).text());
    }
    canvas.down(2);
    double top = canvas.y();
    canvas.left(left, label("customer")).down(1.1);
    addressee(left);
    double bottom = canvas.y();
    if (dice.chance(0.6)) {
      canvas.y(top);
      delivery(left + 0.55 * (right - left));
      bottom = Math.max(bottom, canvas.y());
    }
    canvas.y(bottom).down(1.2);
    table.items();
    table.boxes();
    canvas.down(1.5);
    terms();
    letterhead.bank(left);
  }

  private void letter() {
    double size = canvas.size();
    canvas.font(size * 1.5);
    if (dice.chance(0.5)) {
      canvas.left(left, letterhead.name());
    } else {
      canvas.right(right, letterhead.name());
    }
    canvas.font(size).down(4).font(size * 0.7);
    Address address = supplier.address();
    canvas.left(left, supplier.name() + " - " + address.street() + " - " + address.place());
    canvas.font(size).down(1.6);
    double top = canvas.y();
    addressee(left);
    double bottom = canvas.y();
    canvas.y(top);
    double column = left + 0.6 * (right - left);
    details(column, dice.chance(0.5) ? right : column + 100);
    canvas.y(Math.max(bottom, canvas.y())).down(2);
    canvas.font(size * 1.3).left(left, label("title")).down(1.6).font(size);
    canvas.wrap(left, right - left, dice.word("opening." + country.language())).down(0.6);
    table.items();
    table.totals();
    canvas.down(1.5);
    terms();
    canvas.down(1);
    if (!canvas.fits(5)) {
      canvas.newPage();
    }
    footer();
  }

  /** Three narrow columns below a letter. */
  private void footer() {
    double size = canvas.size();
    double third = (right - left) / 3;
    canvas.font(size * 0.75);
    double top = canvas.y();
    canvas.fitted(left, third - 8, Text.of(supplier.name())).down(1);
    canvas.fitted(left, third - 8, Text.of(supplier.address().street())).down(1);
    canvas.fitted(left, third - 8, Text.of(supplier.address().place())).down(1);
    canvas.y(top);
    for (Text line : letterhead.contacts()) {
      canvas.fitted(left + third, third - 8, line).down(1);
    }
    canvas.y(top);
    letterhead.bank(left + third * 2);
    canvas.font(size);
  }

  /** The customer's name and address, a line each. */
  private void addressee(double x) {
    canvas.left(x, Value.of("customer", customer.name()).print()).down(1);
    if (dice.chance(0.25)) {
      canvas.left(x, Person.speaking(country.language(), dice).name()).down(1);
    }
    if (dice.chance(0.95)) {
      Value address = Value.of("customer_address", "");
      canvas.left(x, address.part(customer.address().street())).down(1);
      canvas.left(x, address.part(customer.address().place())).down(1);
    }
  }

  private void delivery(double x) {
    canvas.left(x, labels.print(label("delivery"))).down(1.1);
    canvas.left(x, label("site") + " " + dice.between(1, 9)).down(1);
    Address address = country.address(dice);
    canvas.left(x, address.street()).down(1);
    canvas.left(x, address.place()).down(1);
  }

  private void details(double x, double valueAt) {
    for (Detail detail : details()) {
      canvas.left(x, labels.print(detail.label()));
      if (valueAt == right) {
        canvas.right(valueAt, detail.text());
      } else {
        double clear = x + canvas.width(labels.print(detail.label())) + 6;
        canvas.left(Math.max(valueAt, clear), detail.text());
      }
      canvas.down(1.1);
    }
  }

  private List<Detail> details() {
    LocalDate day = Labels.day(dice);
    String pattern = country.datePattern(dice);
    Text number = Value.of("invoice_number", number(day)).print();
    Text date = Value.of("invoice_date", country.print(day, pattern)).print();
    List<Detail> details = new ArrayList<>();
    details.add(new Detail(label("number"), number));
    details.add(dice.between(0, details.size()), new Detail(label("date"), date));
    if (dice.chance(0.65)) {
      LocalDate due = day.plusDays(dice.pick(List.of(7, 10, 14, 14, 30, 30, 45, 60)));
      Text text = Value.of("due_date", country.print(due, pattern)).print();
      details.add(new Detail(label("due"), text));
    }
    if (dice.chance(0.45)) {
      Text order = Value.of("purchase_order", dice.filled("ordering")).print();
      details.add(dice.between(0, details.size()), new Detail(label("order"), order));
    }
    if (dice.chance(0.4) && details.size() < 4) {
      details.add(new Detail(label("account"), Text.of(dice.fill("%####"))));
    }
    return details;
  }

  private void terms() {
    String section = "terms." + country.language();
    for (String line : dice.some(Vocabulary.words(section), dice.between(0, 2))) {
      canvas.wrap(left, right - left, line);
    }
  }

  private String number(LocalDate day) {
    String year = String.valueOf(day.getYear());
    String pattern = dice.word("numbering").replace("YYYY", year);
    return dice.fill(pattern.replace("YY", year.substring(2)));
  }

  private String label(String key) {
    return dice.word(key + "." + country.language());
  }
}
