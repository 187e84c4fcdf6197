package dev.holdfast.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Passports, identity cards and residence permits of states that do not exist. */
final class IdentityDocuments {
  static final List<String> FIELDS =
      List.of(
          "family_name",
          "given_names",
          "document_number",
          "nationality",
          "birth_date",
          "birth_place",
          "sex",
          "height",
          "issue_date",
          "expiry_date",
          "authority",
          "residence",
          "personal_number",
          "mrz");

  private final Dice dice;
  private final String[] state;
  private final boolean passport;
  private final Canvas canvas;
  private final ReadableZone.Holder holder;
  private final LocalDate issued;
  private final boolean capitals;
  private final String datePattern;
  private final double labelSize;
  private final double valueSize;
  private final double right;

  /** A label with the value below it or beside it. */
  private record Cell(String label, Text value) {}

  private IdentityDocuments(String format, Dice dice) {
    this.dice = dice;
    this.state = dice.word("state").split(";", -1);
    this.passport = format.equals("passport");
    int width = passport ? 354 : 243;
    this.canvas = Canvas.sheet("en", width, passport ? 290 : 215).leading(1.2).y(14);
    this.labelSize = passport ? dice.between(4.6, 5.4) : dice.between(3.6, 4.2);
    this.valueSize = passport ? dice.between(7.2, 8.6) : dice.between(5.6, 6.6);
    this.right = width - 12;
    Person person = Person.of(dice);
    LocalDate birth = LocalDate.of(2024, 1, 1).minusDays(dice.between(300, 30_000));
    this.issued = LocalDate.of(2026, 1, 4).minusDays(dice.between(10, 3_200));
    LocalDate expiry =
        issued.plusYears(dice.pick(List.of(5, 10, 10))).minusDays(dice.between(0, 1));
    this.holder =
        new ReadableZone.Holder(
            state[0],
            dice.fill(dice.pick(List.of("@%#######", "@@%######", "%########", "@##@##@##"))),
            person.family(),
            person.given(),
            dice.chance(0.05) ? "X" : person.female() ? "F" : "M",
            birth.isAfter(issued) ? issued.minusDays(dice.between(100, 9_000)) : birth,
            expiry,
            dice.chance(0.35) ? dice.fill("%##########") : "");
    this.capitals = dice.chance(0.6);
    this.datePattern = dice.word("id.date");
  }

  static Canvas draw(String format, Dice dice) {
    IdentityDocuments document = new IdentityDocuments(format, dice);
    switch (format) {
      case "passport" -> document.passport();
      case "card" -> document.card();
      case "permit" -> document.permit();
      default -> throw new AssertionError(format);
    }
    return document.canvas;
  }

  private void passport() {
    canvas.font(valueSize * 1.1).left(14, dice.pick(List.of("PASSPORT", "PASSPORT / PASSEPORT")));
    canvas.right(right, state[1].toUpperCase(Locale.ROOT)).down(1.1);
    canvas.font(labelSize).right(right, state[2]).down(2);
    double x = dice.between(100, 112);
    cells(
        x,
        List.of(
            new Cell("Type / Type", Text.of("P")),
            new Cell("Code / Code", Text.of(state[0])),
            number()));
    cells(x, List.of(family()));
    cells(x, List.of(given()));
    List<Cell> origin = new ArrayList<>(List.of(nationality()));
    if (dice.chance(0.35)) {
      origin.add(height());
    }
    cells(x, origin);
    List<Cell> birth = new ArrayList<>(List.of(birthDate()));
    if (hasPersonalNumber()) {
      birth.add(personal());
    }
    cells(x, birth);
    cells(x, dice.chance(0.85) ? List.of(sex(), birthPlace()) : List.of(sex()));
    boolean authorized = dice.chance(0.75);
    boolean beside = residence(x + 125, 0.25);
    cells(x, authorized && !beside ? List.of(issue(), authority()) : List.of(issue()));
    cells(x, List.of(expiry()));
    if (authorized && beside) {
      cells(x, List.of(authority()));
    }
    zone(ReadableZone.passport(holder), 6.3);
  }

  private void card() {
    canvas.font(valueSize).left(12, state[1].toUpperCase(Locale.ROOT));
    canvas
        .right(right, dice.pick(List.of("IDENTITY CARD", "CARTE D'IDENTITÉ", "ID CARD")))
        .down(1.8);
    double x = dice.between(72, 80);
    if (dice.chance(0.5)) {
      cells(x, List.of(number()));
    }
    cells(x, List.of(family()));
    cells(x, List.of(given()));
    cells(
        x,
        dice.chance(0.7)
            ? List.of(sex(), nationality(), birthDate())
            : List.of(sex(), birthDate()));
    if (dice.chance(0.7)) {
      cells(x, List.of(birthPlace()));
    }
    residence(x + 88, 0.6);
    cells(x, List.of(dice.chance(0.5) ? issue() : height()));
    cells(x, List.of(expiry()));
    if (dice.chance(0.4)) {
      cells(x, List.of(authority()));
    }
    if (dice.chance(0.3)) {
      canvas.newPage();
      canvas.y(20);
    }
    zone(ReadableZone.card(holder, 'I'), 6);
  }

  /** Labels and values in one row, numbered in some. */
  private void permit() {
    canvas.font(valueSize).center(state[1].toUpperCase(Locale.ROOT)).down(1.2);
    canvas
        .center(dice.pick(List.of("RESIDENCE PERMIT", "TITRE DE SÉJOUR / RESIDENCE PERMIT")))
        .down(1.6);
    List<Cell> cells = new ArrayList<>(List.of(number(), family(), given(), sex(), birthDate()));
    if (dice.chance(0.6)) {
      cells.add(birthPlace());
    }
    cells.add(nationality());
    if (dice.chance(0.6)) {
      cells.add(new Cell(dice.word("id.remarks"), Text.of(dice.word("permit"))));
    }
    if (dice.chance(0.5)) {
      cells.add(issue());
    }
    cells.add(expiry());
    if (dice.chance(0.6)) {
      cells.add(authority());
    }
    if (hasPersonalNumber()) {
      cells.add(personal());
    }
    double x = dice.between(14, 60);
    String mark = dice.pick(List.of(":", "", " :"));
    for (Cell cell : cells) {
      Text label = Text.of(cell.label() + mark);
      canvas.font(labelSize).left(x, label);
      double end = x + canvas.width(label) + 4;
      canvas.font(valueSize).fitted(end, right - end, cell.value()).down(1.15);
    }
    zone(ReadableZone.card(holder, 'R'), 6);
  }

  /** Labels in small letters above their values, side by side. */
  private void cells(double x, List<Cell> cells) {
    double at = x;
    double top = canvas.y();
    for (Cell cell : cells) {
      canvas.y(top).font(labelSize).left(at, cell.label());
      double wide = canvas.width(Text.of(cell.label()));
      canvas.down(1).font(valueSize).fitted(at, right - at, cell.value());
      at += Math.max(wide, canvas.width(cell.value())) + 12;
    }
    canvas.down(1.05);
  }

  /** In some an address in two lines, beside the rows that follow. */
  private boolean residence(double x, double share) {
    boolean printed = dice.chance(share);
    if (printed) {
      Country.Address address = dice.pick(Country.ENGLISH).address(dice);
      Value value = Value.of("residence", "");
      double top = canvas.y();
      canvas.font(labelSize).left(x, dice.word("id.residence")).down(1);
      canvas.font(valueSize).fitted(x, right - x, value.part(cased(address.street()))).down(1.05);
      canvas.font(labelSize).down(1).font(valueSize);
      canvas.fitted(x, right - x, value.part(cased(address.place()))).y(top);
    }
    return printed;
  }

  private void zone(List<String> lines, double size) {
    Value value = Value.linewise("mrz", "");
    canvas.down(0.6).font(size).monospaced();
    for (String line : lines) {
      canvas.left(12, value.part(line)).down(1.2);
    }
  }

  private Cell family() {
    return cell("family", "family_name", cased(holder.family()));
  }

  private Cell given() {
    return cell("given", "given_names", cased(holder.given()));
  }

  private Cell number() {
    return cell(passport ? "passport" : "number", "document_number", holder.number());
  }

  private Cell nationality() {
    return cell("nationality", "nationality", cased(state[3]));
  }

  private Cell birthDate() {
    return cell("birth", "birth_date", date(holder.birth()));
  }

  private Cell birthPlace() {
    return cell("place", "birth_place", dice.word("birthplace"));
  }

  private Cell sex() {
    return cell("sex", "sex", holder.sex());
  }

  private Cell height() {
    int centimetres = dice.between(148, 199);
    String metres = "1%s%02d m".formatted(dice.pick(List.of(",", ".")), centimetres - 100);
    return cell("height", "height", dice.chance(0.5) ? metres : centimetres + " cm");
  }

  private Cell issue() {
    return cell("issue", "issue_date", date(issued));
  }

  private Cell expiry() {
    return cell("expiry", "expiry_date", date(holder.expiry()));
  }

  private Cell authority() {
    String authority = dice.word("authority");
    boolean place = dice.chance(0.6);
    String full = place ? authority + " " + dice.word("authority.place") : authority;
    return cell("authority", "authority", dice.chance(0.3) ? full.toUpperCase(Locale.ROOT) : full);
  }

  private boolean hasPersonalNumber() {
    return !holder.personal().isEmpty();
  }

  private Cell personal() {
    return cell("personal", "personal_number", holder.personal());
  }

  private Cell cell(String label, String field, String value) {
    return new Cell(dice.word("id." + label), Value.of(field, value).print());
  }

  private String date(LocalDate date) {
    Country english = new Country("GB", "en");
    return english.print(date, datePattern).toUpperCase(Locale.ROOT);
  }

  private String cased(String text) {
    return capitals ? text.toUpperCase(Locale.ROOT) : text;
  }
}
