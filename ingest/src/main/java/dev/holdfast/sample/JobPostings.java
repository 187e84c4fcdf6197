package dev.holdfast.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Job postings: an advertisement, a form, a short notice. */
final class JobPostings {
  static final List<String> FIELDS =
      List.of(
          "job_title",
          "company",
          "location",
          "salary",
          "employment",
          "skill",
          "deadline",
          "reference",
          "email");

  private final Dice dice;
  private final Country country;
  private final Company company;
  private final String work;
  private final Canvas canvas;
  private final Labels labels;
  private final double x = 54;
  private final double wide = 595 - 2 * 54;

  private JobPostings(Dice dice) {
    this.dice = dice;
    this.country = dice.pick(Country.ENGLISH);
    this.company = Company.in(country, dice);
    this.work = dice.word("field");
    this.canvas = Canvas.sheet("en", 595, 842).font(dice.between(9.4, 11));
    this.labels = Labels.of(dice);
  }

  static Canvas draw(String format, Dice dice) {
    JobPostings posting = new JobPostings(dice);
    switch (format) {
      case "advert" -> posting.advert();
      case "form" -> posting.form();
      case "notice" -> posting.notice();
      default -> throw new AssertionError(format);
    }
    return posting.canvas;
  }

  private void advert() {
    double size = canvas.size();
    canvas.font(size * 1.2).left(x, companyName()).down(1.8);
    canvas.font(size * 1.9).left(x, jobTitle()).down(1.1).font(size);
    Text facts = location();
    String mark = dice.pick(List.of("|", "•", "-"));
    facts = facts.then(mark).then(employment());
    if (dice.chance(0.6)) {
      facts = facts.then(mark).then(salary());
    }
    canvas.wrap(x, wide, facts).down(1);
    about();
    list("post.tasks", plain("post.task", dice.between(3, 5)));
    list("post.require", required());
    if (dice.chance(0.7)) {
      list("post.offers", plain("post.offer", dice.between(2, 4)));
    }
    apply();
  }

  private void form() {
    double size = canvas.size();
    canvas
        .font(size * 1.4)
        .center(dice.pick(List.of("VACANCY", "JOB VACANCY", "Vacancy notice", "We are hiring")));
    canvas.down(1.8).font(size);
    double column = x + dice.between(145, 170);
    row(column, "title", jobTitle());
    row(column, "company", companyName());
    row(column, "location", location());
    row(column, "employment", employment());
    if (dice.chance(0.65)) {
      row(column, "salary", salary());
    }
    if (dice.chance(0.6)) {
      row(column, "reference", reference());
    }
    if (dice.chance(0.7)) {
      row(column, "deadline", deadline());
    }
    canvas.down(0.8);
    list("post.tasks", plain("post.task", dice.between(3, 6)));
    list("post.require", required());
    about();
    if (dice.chance(0.8)) {
      canvas.left(x, labels.print(dice.word("post.contact"), email()));
    }
  }

  private void notice() {
    double size = canvas.size();
    canvas.font(size * 1.3).left(x, jobTitle());
    if (dice.chance(0.5)) {
      canvas.right(x + wide, Text.of("Ref.").then(reference()));
    }
    canvas.down(1.3).font(size);
    Text text = companyName();
    text = text.then(dice.pick(List.of("in", "based in", "at our site in"))).then(location());
    text =
        text.then(
            dice.pick(
                List.of("is looking for a colleague", "seeks a new team member", "has a vacancy")));
    text = text.glue(",").then(employment()).glue(".");
    canvas.wrap(x, wide, text).down(0.5);
    Text skills =
        Text.of(
            dice.pick(List.of("You should have experience with", "We expect", "You know about")));
    List<Text> values = required();
    for (int i = 0; i < values.size(); i++) {
      if (i > 0 && i == values.size() - 1) {
        skills = skills.then("and");
      } else if (i > 0) {
        skills = skills.glue(",");
      }
      skills = skills.then(values.get(i));
    }
    canvas.wrap(x, wide, skills.glue(".")).down(0.5);
    about();
    if (dice.chance(0.6)) {
      canvas.wrap(
          x,
          wide,
          Text.of(dice.pick(List.of("We pay", "Salary", "The salary is")))
              .then(salary())
              .glue("."));
    }
    apply();
  }

  private void row(double column, String label, Text text) {
    canvas.left(x, labels.print(dice.word("post." + label))).left(column, text).down(1.25);
  }

  private void about() {
    for (String line : dice.some(Vocabulary.words("post.about"), dice.between(1, 2))) {
      canvas.wrap(x, wide, dice.numbered(line));
    }
    canvas.down(0.7);
  }

  private void list(String heading, List<Text> lines) {
    double size = canvas.size();
    canvas.font(size * 1.1).left(x, dice.word(heading)).down(1.2).font(size);
    String bullet = dice.pick(List.of("•", "-", "*"));
    for (Text line : lines) {
      canvas.wrap(x + 8, wide - 8, Text.of(bullet).then(line));
    }
    canvas.down(0.7);
  }

  private void apply() {
    if (dice.chance(0.75)) {
      Text text =
          Text.of(dice.pick(List.of("Please apply by", "Closing date", "Applications until")))
              .then(deadline());
      canvas.left(x, text).down(1.2);
    }
    if (dice.chance(0.8)) {
      Text text =
          Text.of(dice.pick(List.of("Send your CV to", "Questions and applications:", "Contact:")))
              .then(email());
      canvas.left(x, text).down(1.2);
    }
    if (dice.chance(0.4)) {
      Country.Address address = company.address();
      canvas.left(x, company.name() + ", " + address.street() + ", " + address.place()).down(1);
    }
  }

  private List<Text> plain(String section, int count) {
    List<Text> lines = new ArrayList<>();
    for (String line : dice.some(Vocabulary.words(section), count)) {
      lines.add(Text.of(dice.numbered(line)));
    }
    return lines;
  }

  private List<Text> required() {
    List<Text> skills = new ArrayList<>();
    for (String skill : dice.some(Vocabulary.words("skill." + work), dice.between(3, 6))) {
      skills.add(Value.of("skill", skill).print());
    }
    return skills;
  }

  private Text jobTitle() {
    return Value.of("job_title", dice.word("title." + work)).print();
  }

  private Text companyName() {
    return Value.of("company", company.name()).print();
  }

  private Text location() {
    return Value.of("location", country.town(dice)).print();
  }

  private Text employment() {
    return Value.of("employment", dice.word("employment")).print();
  }

  private Text salary() {
    String symbol = Money.symbol(country);
    if (dice.chance(0.3)) {
      String rate = "%s%d.%02d".formatted(symbol, dice.between(13, 38), dice.between(0, 19) * 5);
      return Value.of("salary", rate)
          .print()
          .then(dice.pick(List.of("per hour", "an hour", "/hr")));
    }
    int low = dice.between(22, 64);
    String range =
        "%s%d,%d00 - %s%d,000"
            .formatted(symbol, low, dice.pick(List.of(0, 5)), symbol, low + dice.between(2, 14));
    return Value.of("salary", range)
        .print()
        .then(dice.pick(List.of("per annum", "a year", "p.a.")));
  }

  private Text deadline() {
    LocalDate day = Labels.day(dice);
    return Value.of("deadline", country.print(day, country.datePattern(dice))).print();
  }

  private Text reference() {
    return Value.of("reference", dice.filled("ref.number")).print();
  }

  private Text email() {
    String mailbox = dice.pick(List.of("jobs", "careers", "people", "hr", "recruitment", "apply"));
    return Value.of("email", mailbox + "@" + company.domain()).print();
  }
}
