package dev.holdfast.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an invoice says of the company that sends it. */
final class Letterhead {
  private final Canvas canvas;
  private final Dice dice;
  private final Labels labels;
  private final Company company;
  private final Country country;

  Letterhead(Canvas canvas, Dice dice, Labels labels, Company company) {
    this.canvas = canvas;
    this.dice = dice;
    this.labels = labels;
    this.company = company;
    this.country = company.country();
  }

  Text name() {
    String name = company.name();
    return Value.of("supplier", dice.chance(0.2) ? name.toUpperCase(Locale.ROOT) : name).print();
  }

  /** Telephone, e-mail, tax number: some of them. */
  List<Text> contacts() {
    List<Text> lines = new ArrayList<>();
    if (dice.chance(0.75)) {
      lines.add(labels.print(label("phone"), country.phone(dice)));
    }
    String mailbox = dice.pick(List.of("info", "accounts", "office", "sales", "billing"));
    lines.add(Text.of(mailbox + "@" + company.domain()));
    if (dice.chance(0.75)) {
      String label = vatLabel();
      lines.add(labels.print(label, Value.of("supplier_vat", country.vat(dice)).print()));
    }
    return lines;
  }

  /** Where to pay, in most. */
  void bank(double x) {
    if (dice.chance(0.85)) {
      canvas.left(x, labels.print(label("bank"), dice.word("bankname"))).down(1);
      if (country.hasIban()) {
        String iban = country.iban(dice);
        String spaced = dice.chance(0.7) ? iban.replaceAll("(.{4})(?!$)", "$1 ") : iban;
        canvas.left(x, labels.print("IBAN", Value.of("iban", spaced).print())).down(1);
        if (dice.chance(0.5)) {
          canvas.left(x, labels.print("BIC", dice.fill("@@@@" + country.code() + "##"))).down(1);
        }
      } else {
        String route = country.code().equals("US") ? "Routing" : "BSB";
        canvas.left(x, labels.print(route, dice.fill("###-###"))).down(1);
        canvas.left(x, labels.print("Account", dice.fill("%#######"))).down(1);
      }
    }
  }

  private String vatLabel() {
    return switch (country.code()) {
      case "AU" -> "ABN";
      case "US" -> dice.pick(List.of("EIN", "Tax ID"));
      default -> label("vat");
    };
  }

  private String label(String key) {
    return dice.word(key + "." + country.language());
  }
}
