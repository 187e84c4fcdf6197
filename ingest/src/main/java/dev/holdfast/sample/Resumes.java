package dev.holdfast.sample;

import dev.holdfast.sample.Career.Station;
import java.util.List;

/** Resumes: in one column, with a side bar, or along a time line. */
final class Resumes {
  static final List<String> FIELDS =
      List.of(
          "name",
          "email",
          "phone",
          "location",
          "position",
          "employer",
          "degree",
          "school",
          "skill",
          "language");

  private final Dice dice;
  private final Career career;
  private final Career.Stations stations;
  private final Canvas canvas;
  private final boolean sentences;

  private Resumes(Dice dice) {
    this.dice = dice;
    this.career = new Career(dice);
    this.stations = career.stations();
    this.canvas = Canvas.sheet("en", 595, 842).font(dice.between(9, 10.4)).y(46);
    this.sentences = dice.chance(0.7);
  }

  static Canvas draw(String format, Dice dice) {
    Resumes resume = new Resumes(dice);
    switch (format) {
      case "plain" -> resume.plain();
      case "sidebar" -> resume.sidebar();
      case "timeline" -> resume.timeline();
      default -> throw new AssertionError(format);
    }
    return resume.canvas;
  }

  private void plain() {
    double x = dice.between(50, 66);
    double wide = canvas.width() - 2 * x;
    title(x, dice.chance(0.5));
    Text line = Text.EMPTY;
    String mark = dice.pick(List.of("|", "-", "/"));
    for (Text contact : career.contacts(false)) {
      line = line.words().isEmpty() ? contact : line.then(mark).then(contact);
    }
    canvas.wrap(x, wide, line).down(0.6);
    profile(x, wide);
    boolean skillsFirst = dice.chance(0.4);
    if (skillsFirst) {
      skills(x, wide);
    }
    heading(x, "work");
    for (Station job : stations.jobs()) {
      Text place = job.head().then(dice.chance(0.5) ? "-" : "at").then(job.place());
      canvas.fitted(x, wide - 105, place);
      canvas.right(x + wide, job.years()).down(1.1);
      bullets(x + 8, wide - 8, job.lines());
    }
    heading(x, "school");
    for (Station study : stations.studies()) {
      Text place = study.head().glue(",").then(study.place());
      canvas.fitted(x, wide - 70, place).right(x + wide, study.years()).down(1.2);
    }
    if (!skillsFirst) {
      skills(x, wide);
    }
    rest(x, wide);
  }

  private void sidebar() {
    double side = 40;
    double main = 236;
    double wide = canvas.width() - main - 40;
    title(main, false);
    canvas.down(0.4);
    double top = canvas.y();
    heading(side, "contact");
    for (Text contact : career.contacts(false)) {
      canvas.fitted(side, main - side - 14, contact).down(1.15);
    }
    canvas.down(0.7);
    heading(side, "skill");
    for (Text skill : career.skills()) {
      canvas.left(side, skill).down(1.15);
    }
    canvas.down(0.7);
    List<Text> languages = career.languages();
    if (!languages.isEmpty()) {
      heading(side, "language");
      for (Text language : languages) {
        canvas.left(side, language).down(1.15);
      }
    }
    canvas.y(top);
    profile(main, wide);
    heading(main, "work");
    for (Station job : stations.jobs()) {
      canvas.left(main, job.head()).down(1.1);
      canvas.fitted(main, wide - 105, job.place()).right(main + wide, job.years()).down(1.1);
      bullets(main, wide, job.lines());
    }
    heading(main, "school");
    for (Station study : stations.studies()) {
      canvas.left(main, study.head()).down(1.1);
      canvas.left(main, study.place().glue(",").then(study.years())).down(1.3);
    }
    if (dice.chance(0.4)) {
      canvas.wrap(main, wide, dice.word("section.reference"));
    }
  }

  private void timeline() {
    double x = 48;
    double column = dice.between(140, 165);
    double wide = canvas.width() - column - 48;
    canvas
        .font(canvas.size() * 1.5)
        .center(dice.pick(List.of("CURRICULUM VITAE", "Curriculum Vitae", "Resume")));
    canvas.down(1.6).font(canvas.size() / 1.5);
    canvas.left(x, dice.pick(List.of("Name", "Name:"))).left(column, career.name()).down(1.2);
    List<Text> contacts = career.contacts(true);
    for (Text contact : contacts) {
      canvas.left(column, contact).down(1.2);
    }
    canvas.down(0.6);
    heading(x, "work");
    for (Station job : stations.jobs()) {
      canvas.left(x, job.years()).left(column, job.place()).down(1.1);
      canvas.left(column, job.head()).down(1.1);
      bullets(column, wide, job.lines());
    }
    heading(x, "school");
    for (Station study : stations.studies()) {
      canvas.left(x, study.years()).left(column, study.place()).down(1.1);
      canvas.left(column, study.head()).down(1.3);
    }
    skills(x, canvas.width() - 2 * x);
    rest(x, canvas.width() - 2 * x);
  }

  private void title(double x, boolean centered) {
    double size = canvas.size();
    canvas.font(size * dice.between(1.5, 2.1));
    if (centered) {
      canvas.center(career.name());
    } else {
      canvas.fitted(x, canvas.width() - x - 30, career.name());
    }
    canvas.down(1).font(size);
  }

  private void profile(double x, double wide) {
    if (dice.chance(0.7)) {
      heading(x, "profile");
      for (String line : dice.some(Vocabulary.words("profile"), sentences ? 2 : 1)) {
        canvas.wrap(x, wide, dice.numbered(line));
      }
      canvas.down(0.6);
    }
  }

  private void skills(double x, double wide) {
    heading(x, "skill");
    String mark = dice.pick(List.of(",", ",", ";"));
    Text list = Text.EMPTY;
    boolean rows = dice.chance(0.35);
    for (Text skill : career.skills()) {
      if (rows) {
        canvas.left(x, Text.of("•").then(skill)).down(1.1);
      } else {
        list = list.words().isEmpty() ? skill : list.glue(mark).then(skill);
      }
    }
    if (!rows) {
      canvas.wrap(x, wide, list);
    }
    canvas.down(0.6);
  }

  private void rest(double x, double wide) {
    List<Text> languages = career.languages();
    if (!languages.isEmpty()) {
      heading(x, "language");
      Text list = languages.get(0);
      for (Text language : languages.subList(1, languages.size())) {
        list = list.glue(",").then(language);
      }
      canvas.wrap(x, wide, list).down(0.6);
    }
    if (dice.chance(0.4)) {
      heading(x, "interest");
      List<String> interests = dice.some(Vocabulary.words("interest"), 3);
      canvas.wrap(x, wide, String.join(", ", interests)).down(0.6);
    }
    if (dice.chance(0.4)) {
      canvas.wrap(x, wide, dice.word("section.reference"));
    }
  }

  private void bullets(double x, double wide, List<String> lines) {
    for (String line : lines) {
      canvas.wrap(x, wide, "• " + line);
    }
    canvas.down(0.4);
  }

  private void heading(double x, String section) {
    if (!canvas.fits(4)) {
      canvas.newPage();
    }
    double size = canvas.size();
    canvas.font(size * 1.15).left(x, dice.word("section." + section)).down(1.1).font(size);
  }
}
