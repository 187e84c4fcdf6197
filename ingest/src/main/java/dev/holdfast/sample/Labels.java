package dev.holdfast.sample;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * How one document sets its labels off from what they name.
 *
 * @param mark behind a label: ':' in the same word, ':' as a word of its own, or nothing
 * @param capitals whether labels are in capitals
 */
record Labels(String mark, boolean capitals) {

  static Labels of(Dice dice) {
    return new Labels(dice.pick(List.of(":", ":", " :", "")), dice.chance(0.25));
  }

  Text print(String label) {
    String text = capitals ? label.toUpperCase(Locale.ROOT) : label;
    return Text.of(text + mark);
  }

  /** The label with what it names behind it. */
  Text print(String label, Text named) {
    return print(label).then(named);
  }

  Text print(String label, String named) {
    return print(label, Text.of(named));
  }

  /** A day of the last two years. */
  static LocalDate day(Dice dice) {
    return LocalDate.of(2026, 1, 4).minusDays(dice.between(0, 730));
  }

  static String time(Dice dice) {
    String time = "%02d:%02d".formatted(dice.between(7, 21), dice.between(0, 59));
    return dice.chance(0.3) ? time + ":%02d".formatted(dice.between(0, 59)) : time;
  }
}
