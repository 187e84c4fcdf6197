package dev.holdfast.control;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What an operator asks of one collection.
 *
 * @param action what is to be done
 * @param number what the action needs: a version, or how many versions; 0 when it needs nothing
 */
public record Control(Action action, long number) {

  /** What can be asked for. */
  public enum Action {
    /** Serve that version at once, and learn on from it; what came after it is given up. */
    ROLLBACK("version"),
    /** Serve that version until {@link #UNPIN}, whatever is learned. */
    PIN("version"),
    /** Serve the newest version again. */
    UNPIN(""),
    /** Learn nothing until {@link #RESUME}; examples wait. */
    PAUSE(""),
    /** Learn again, beginning with what waits. */
    RESUME(""),
    /** Hold the weights as they are now from here on. */
    CONSOLIDATE(""),
    /** Take all versions off Kafka but so many of the newest, and those that are in use. */
    PRUNE("keep");

    private final String needs;

    Action(String needs) {
      this.needs = needs;
    }

    /** The stable name, such as {@code rollback}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The key of the number it needs; empty when it needs none. */
    public String needs() {
      return needs;
    }
  }

  public Control {
    requireNonNull(action, "action is null");
    boolean needed = !action.needs().isEmpty();
    if (needed ? number < 1 : number != 0) {
      throw new IllegalArgumentException(
          "expected %s with %s, was %d"
              .formatted(action.text(), needed ? action.needs() + " >= 1" : "no number", number));
    }
  }

  /** An action that needs no number. */
  public static Control of(Action action) {
    return new Control(action, 0);
  }

  /** For people, such as {@code rollback 7}. */
  @Override
  public String toString() {
    return number == 0 ? action.text() : action.text() + " " + number;
  }
}
