package dev.holdfast.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest documents, and those before them that they are held against. A document that is no
 * longer one of the latest joins the reference as long as that has room and is not closed, so a
 * change shows in the latest before it can reach the reference.
 *
 * <p>Not thread-safe.
 */
final class Windows {
  private final WindowSettings settings;
  private final List<HashedWords> reference = new ArrayList<>();
  private final Deque<HashedWords> recent = new ArrayDeque<>();
  private long seen;
  private boolean closed;

  Windows(WindowSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes in the next document.
   *
   * @return whether it is time for a look
   */
  boolean add(HashedWords words) {
    seen++;
    recent.addLast(words);
    if (recent.size() > settings.recent()) {
      HashedWords leaving = recent.removeFirst();
      if (!closed && reference.size() < settings.reference()) {
        reference.add(leaving);
      }
    }
    return seen % settings.every() == 0 && reference.size() >= settings.leastReference();
  }

  /** The reference takes nothing in from now on. */
  void close() {
    closed = true;
  }

  int references() {
    return reference.size();
  }

  int recents() {
    return recent.size();
  }

  /** The reference, then the latest. */
  List<HashedWords> all() {
    List<HashedWords> all = new ArrayList<>(reference);
    all.addAll(recent);
    return all;
  }

  void restart() {
    reference.clear();
    recent.clear();
    seen = 0;
    closed = false;
  }
}
