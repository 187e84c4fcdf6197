package dev.holdfast.serving;

import dev.holdfast.control.Control;
import dev.holdfast.control.Control.Action;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which version of one collection is to serve: the newest, unless operators ask otherwise.
 *
 * <p>After a rollback that is the version it names until there is one whose learner has obeyed it:
 * what a learner that has not heard of it publishes meanwhile is passed over. A pin goes before all
 * else. What is asked of a version that is not known does not count until it is.
 *
 * <p>Not thread-safe.
 */
public final class VersionChoice {
  /** Versions by number, and how far their learner had obeyed. */
  private final NavigableMap<Long, Long> known = new TreeMap<>();

  private long pinned;
  private long rolledBackAt = -1;
  private long rolledBackTo;

  /**
   * Takes a whole version that is on Kafka.
   *
   * @param obeyed see {@link dev.holdfast.version.Manifest#obeyed}
   */
  public void add(long version, long obeyed) {
    known.put(version, obeyed);
  }

  /** Takes a version away that is gone or cannot be run. */
  public void remove(long version) {
    known.remove(version);
  }

  /**
   * Takes what operators ask, of which serving has nothing to do with the most part.
   *
   * @param offset of the message
   */
  public void ask(long offset, Control control) {
    if (control.action() == Action.PIN) {
      pinned = control.number();
    } else if (control.action() == Action.UNPIN) {
      pinned = 0;
    } else if (control.action() == Action.ROLLBACK) {
      rolledBackAt = offset;
      rolledBackTo = control.number();
    }
  }

  /** Whether operators have pinned a version that is known. */
  boolean isPinned() {
    return known.containsKey(pinned);
  }

  /** Whether a version with that word of its learner would serve as the newest. */
  boolean follows(long obeyed) {
    return !isPinned() && obeyed > rolledBackAt;
  }

  /** What is to serve, and what is when that cannot be loaded, best first. */
  public List<Long> best() {
    if (isPinned()) {
      return List.of(pinned);
    }
    List<Long> newest = newest(rolledBackAt + 1);
    if (!newest.isEmpty()) {
      return newest;
    }
    return known.containsKey(rolledBackTo) ? List.of(rolledBackTo) : newest(0);
  }

  /** The newest, and the one before it should the newest not load. */
  private List<Long> newest(long obeyed) {
    return known.descendingMap().entrySet().stream()
        .filter(version -> version.getValue() >= obeyed)
        .limit(2)
        .map(Map.Entry::getKey)
        .toList();
  }
}
