package dev.holdfast.control;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What an operator asks of one collection.
 *
 * @param action what is to be done
 * @param number what the action needs: a version, or how many versions; 0 when it needs none
 * @param name what the action needs: a document, an annotator, the digest of weights, or another
 *     collection; empty when it needs none
 */
public record Control(Action action, long number, String name) {

  /** What can be asked for. */
  public enum Action {
    /** Serve that version at once, and learn on from it; what came after it is given up. */
    ROLLBACK("version", ""),
    /** Serve that version until {@link #UNPIN}, whatever is learned. */
    PIN("version", ""),
    /** Serve the newest version again. */
    UNPIN("", ""),
    /** Learn nothing until {@link #RESUME}; examples wait. */
    PAUSE("", ""),
    /** Learn again, beginning with what waits. */
    RESUME("", ""),
    /** Hold the weights as they are now from here on. */
    CONSOLIDATE("", ""),
    /** Take all versions off Kafka but so many of the newest, and those that are in use. */
    PRUNE("keep", ""),
    /** Make what is learned as if that document had never been learned, and publish it. */
    UNLEARN("", "document"),
    /** Learn from that annotator again as from anybody, whom a version was refused for. */
    TRUST("", "annotator"),
    /** Learn on from these weights, which are in {@code models.in}, and publish them. */
    IMPORT("", "digest"),
    /** Begin with what a version of another collection knows, and publish it. */
    FORK("version", "from"),
    /** Take in what a version of another collection knows, and publish that. */
    MERGE("version", "from");

    private final String numberKey;
    private final String nameKey;

    Action(String numberKey, String nameKey) {
      this.numberKey = numberKey;
      this.nameKey = nameKey;
    }

    /** The stable name, such as {@code rollback}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the number that it needs; empty when it needs none. */
    public String numberKey() {
      return numberKey;
    }

    /** The key of the name that it needs; empty when it needs none. */
    public String nameKey() {
      return nameKey;
    }

    /** Whether a collection may begin with it. */
    public boolean begins() {
      return this == IMPORT || this == FORK;
    }

    /** Whether it makes the learner another one, which is published at once. */
    public boolean makesVersion() {
      return begins() || this == UNLEARN || this == MERGE;
    }
  }

  public Control {
    requireNonNull(action, "action is null");
    boolean counts = !action.numberKey().isEmpty();
    if (counts ? number < 1 : number != 0) {
      throw new IllegalArgumentException(
          "expected %s with %s, was %d"
              .formatted(
                  action.text(), counts ? action.numberKey() + " >= 1" : "no number", number));
    }
    boolean names = !action.nameKey().isEmpty();
    if (names == name.isEmpty()) {
      throw new IllegalArgumentException(
          "expected %s with %s, was %d characters"
              .formatted(
                  action.text(), names ? "a " + action.nameKey() : "no name", name.length()));
    }
  }

  /** An action that needs a number, or nothing and 0. */
  public Control(Action action, long number) {
    this(action, number, "");
  }

  /** An action that needs nothing. */
  public static Control of(Action action) {
    return new Control(action, 0);
  }

  /** An action that needs a name. */
  public static Control of(Action action, String name) {
    return new Control(action, 0, name);
  }

  /** For people, such as {@code rollback 7} or {@code fork receipts/7}. */
  @Override
  public String toString() {
    String counted = number == 0 ? "" : Long.toString(number);
    String needed = name + (name.isEmpty() || counted.isEmpty() ? "" : "/") + counted;
    return needed.isEmpty() ? action.text() : action.text() + " " + needed;
  }
}
