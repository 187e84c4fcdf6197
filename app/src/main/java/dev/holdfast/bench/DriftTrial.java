package dev.holdfast.bench;

import dev.holdfast.drift.DriftDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One detector on a stream whose changes are known. After each alarm it begins anew, as it does
 * when what alarmed it has been learned; the first alarm after a change is its detection, every
 * other one is false.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what the stream is of
 */
final class DriftTrial<T> {
  private final DriftDetector<T> detector;
  private final Map<String, Changes> changes = new TreeMap<>();
  private Optional<Changes> pending = Optional.empty();
  private int since;
  private long seen;
  private long falseAlarms;

  /** What became of the changes of one kind. A delay of 1 is the first one after the change. */
  static final class Changes {
    private int count;
    private final List<Integer> delays = new ArrayList<>();

    int count() {
      return count;
    }

    int detected() {
      return delays.size();
    }

    /** How many were detected within so many. */
    int within(int limit) {
      return (int) delays.stream().filter(delay -> delay <= limit).count();
    }

    /** The middle one of the detected ones' delays; of two the lower. */
    Optional<Integer> medianDelay() {
      return delays.isEmpty()
          ? Optional.empty()
          : Optional.of(delays.stream().sorted().toList().get((delays.size() - 1) / 2));
    }
  }

  DriftTrial(DriftDetector<T> detector) {
    this.detector = detector;
  }

  /** From the next one on the stream is another. */
  void change(String kind) {
    Changes changed = changes.computeIfAbsent(kind, k -> new Changes());
    changed.count++;
    pending = Optional.of(changed);
    since = 0;
  }

  /** The next one of the stream. */
  void next(T next) {
    seen++;
    since++;
    if (detector.add(next)) {
      if (pending.isPresent()) {
        pending.get().delays.add(since);
      } else {
        falseAlarms++;
      }
      begin();
    }
  }

  /** What came so far is what the detector goes by from now on; a change it missed is missed. */
  void begin() {
    detector.restart();
    pending = Optional.empty();
  }

  Map<String, Changes> changes() {
    return changes;
  }

  long seen() {
    return seen;
  }

  double falseAlarmsPer10000() {
    return falseAlarms * 10_000.0 / seen;
  }
}
