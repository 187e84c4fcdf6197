package dev.holdfast.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A bounded sample of something that goes on for ever, evenly spread over all of it, with the last
 * one. Whenever there are too many every second one is left out, and from then on twice as many in
 * between.
 *
 * <p>Not thread-safe.
 */
final class Thinned<T> {
  private final int max;
  private final List<T> kept = new ArrayList<>();
  private long count;
  private long stride = 1;
  private Optional<T> latest = Optional.empty();

  /**
   * @param max kept besides the last one, at least 2
   */
  Thinned(int max) {
    this.max = max;
  }

  void add(T item) {
    if (count++ % stride == 0) {
      kept.add(item);
      latest = Optional.empty();
    } else {
      latest = Optional.of(item);
    }
    if (kept.size() > max) {
      thin();
    }
  }

  private void thin() {
    latest = kept.size() % 2 == 0 ? Optional.of(kept.get(kept.size() - 1)) : latest;
    List<T> every = new ArrayList<>();
    for (int i = 0; i < kept.size(); i += 2) {
      every.add(kept.get(i));
    }
    kept.clear();
    kept.addAll(every);
    stride *= 2;
  }

  /** What is kept, in the order it came. */
  List<T> all() {
    List<T> all = new ArrayList<>(kept);
    latest.ifPresent(all::add);
    return all;
  }
}
