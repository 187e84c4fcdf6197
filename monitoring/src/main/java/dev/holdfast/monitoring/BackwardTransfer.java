package dev.holdfast.monitoring;

import dev.holdfast.score.Tally;
import java.util.HashMap;
import java.util.Map;

/**
 * What learning other types has done to each type of a collection, as its return shows: F1 over the
 * first documents after it was away, minus F1 over the last before it left. Below 0 it was
 * forgotten, above 0 the others taught it something.
 *
 * <p>Backward transfer as of Lopez-Paz and Ranzato 2017, arXiv:1706.08840, equation 3, live:
 * instead of a test set after the last task there is whatever comes back. A type that never comes
 * back says nothing.
 *
 * <p>Not thread-safe.
 */
final class BackwardTransfer {
  private final int away;
  private final int enough;
  private final int maxTypes;
  private final Map<String, Visits> types = new HashMap<>();
  private long documents;

  /** A stay of a type: its documents until it was away. */
  private static final class Visits {
    private long last;
    private Tally stay = Tally.NONE;
    private int length;
    private double before = Double.NaN;
    private double transfer = Double.NaN;
  }

  /**
   * @param away scored documents of other types in a row after which a type was away
   * @param enough documents that an F1 needs
   * @param maxTypes that are kept; later ones say nothing
   */
  BackwardTransfer(int away, int enough, int maxTypes) {
    this.away = away;
    this.enough = enough;
    this.maxTypes = maxTypes;
  }

  /**
   * Takes in a scored document.
   *
   * @param lastF1 of its type over the window before it, 0 to 1
   */
  void add(String type, Tally tally, double lastF1) {
    documents++;
    if (!types.containsKey(type) && types.size() >= maxTypes) {
      return;
    }
    Visits visits = types.computeIfAbsent(type, t -> new Visits());
    if (visits.last > 0 && documents - visits.last > away) {
      visits.before = visits.length >= enough ? lastF1 : Double.NaN;
      visits.stay = Tally.NONE;
      visits.length = 0;
    }
    visits.last = documents;
    visits.stay = visits.stay.plus(tally);
    visits.length++;
    if (visits.length == enough && !Double.isNaN(visits.before)) {
      visits.transfer = visits.stay.f1() - visits.before;
    }
  }

  /** The mean over the types that came back, -1 to 1; 0 while none has. */
  double now() {
    return types.values().stream()
        .mapToDouble(visits -> visits.transfer)
        .filter(transfer -> !Double.isNaN(transfer))
        .average()
        .orElse(0);
  }
}
