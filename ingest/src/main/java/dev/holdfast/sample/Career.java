package dev.holdfast.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody can say of themselves in a resume. */
final class Career {
  private static final int NOW = 2026;

  private final Dice dice;
  private final Person person;
  private final Country country;
  private final String work;
  private final boolean capitals;

  /**
   * A stretch of work or study.
   *
   * @param years from and until
   * @param head position or degree
   * @param place employer or school
   * @param lines about what was done
   */
  record Station(String years, Text head, Text place, List<String> lines) {}

  /** Work and study, the latest first. */
  record Stations(List<Station> jobs, List<Station> studies) {}

  Career(Dice dice) {
    this.dice = dice;
    this.person = Person.of(dice);
    this.country = dice.pick(Country.ENGLISH);
    this.work = dice.word("field");
    this.capitals = dice.chance(0.3);
  }

  Text name() {
    String name = person.name();
    return Value.of("name", capitals ? name.toUpperCase(Locale.ROOT) : name).print();
  }

  /** Some of e-mail, telephone and town, the e-mail nearly always. */
  List<Text> contacts(boolean labelled) {
    boolean labels = labelled && dice.chance(0.4);
    List<Text> contacts = new ArrayList<>();
    if (dice.chance(0.85)) {
      Text value = Value.of("location", country.town(dice)).print();
      String[] names = {"UK", "USA", "Ireland", "Australia"};
      int at = List.of("GB", "US", "IE", "AU").indexOf(country.code());
      contacts.add(dice.chance(0.5) ? value.glue(",").then(names[at]) : value);
    }
    if (dice.chance(0.88)) {
      Text phone = Value.of("phone", country.mobile(dice)).print();
      contacts.add(dice.between(0, contacts.size()), labels ? Text.of("Tel:").then(phone) : phone);
    }
    if (dice.chance(0.95)) {
      Text email = Value.of("email", person.email(dice)).print();
      contacts.add(
          dice.between(0, contacts.size()), labels ? Text.of("E-mail:").then(email) : email);
    }
    return contacts;
  }

  Stations stations() {
    List<Station> jobs = new ArrayList<>();
    int until = NOW;
    int count = dice.between(1, 4);
    List<String> titles = dice.some(Vocabulary.words("title." + work), count);
    for (String title : titles) {
      int from = until - dice.between(1, 5);
      Company company = Company.in(country, dice);
      String employer = dice.chance(0.6) ? company.trading() : company.name();
      List<String> lines = new ArrayList<>();
      for (String duty : dice.some(Vocabulary.words("duty"), dice.between(0, 3))) {
        lines.add(dice.numbered(duty));
      }
      String years = years(from, until);
      Text head = Value.of("position", title).print();
      jobs.add(new Station(years, head, Value.of("employer", employer).print(), lines));
      until = from;
    }
    return new Stations(jobs, studies(until));
  }

  private String years(int from, int until) {
    String dash = dice.pick(List.of(" - ", " – "));
    boolean months = dice.chance(0.4);
    String start = months ? dice.fill("0%/") + from : String.valueOf(from);
    if (until == NOW) {
      return start + dash + dice.pick(List.of("present", "today", "now"));
    }
    // The next station begins in that year: this one ends before it.
    return start + dash + (months ? dice.between(10, 12) + "/" + (until - 1) : until);
  }

  private List<Station> studies(int firstYear) {
    List<Station> studies = new ArrayList<>();
    int end = firstYear - dice.between(0, 2);
    boolean high = dice.chance(0.6);
    for (int i = dice.between(1, 2); i > 0; i--) {
      String degree =
          dice.word(high ? "degree.high" : "degree.low") + " " + dice.word("subject." + work);
      String place = dice.chance(0.5) ? dice.word("root.en") : country.town(dice);
      String school = dice.word("school").replace("~", place);
      Text head = Value.of("degree", degree).print();
      if (dice.chance(0.25)) {
        head = head.then(dice.pick(List.of("(2:1)", "(First)", "(Distinction)", "(Merit)")));
      }
      String years = dice.chance(0.5) ? String.valueOf(end) : end - 3 + " - " + end;
      studies.add(new Station(years, head, Value.of("school", school).print(), List.of()));
      end -= dice.between(2, 4);
      high = false;
    }
    return studies;
  }

  /** What they are good at, each a value. */
  List<Text> skills() {
    return dice.some(Vocabulary.words("skill." + work), dice.between(4, 10)).stream()
        .map(skill -> Value.of("skill", skill).print())
        .toList();
  }

  List<Text> languages() {
    List<Text> languages = new ArrayList<>();
    if (dice.chance(0.65)) {
      for (String language : dice.some(Vocabulary.words("language"), dice.between(1, 3))) {
        languages.add(Value.of("language", language).print().then("(" + dice.word("level") + ")"));
      }
    }
    return languages;
  }
}
