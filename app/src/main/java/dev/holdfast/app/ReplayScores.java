package dev.holdfast.app;

import dev.holdfast.document.FieldName;
import dev.holdfast.score.Score;
import dev.holdfast.score.Tally;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Scores of predictions that were made before their document was learned, over all documents and
 * over the latest ones.
 *
 * <p>Not thread-safe.
 */
final class ReplayScores {
  private final Window latest;
  private final int perType;
  private final SortedMap<String, Window> latestByType = new TreeMap<>();
  private final SortedMap<String, Tally> byType = new TreeMap<>();
  private Score all = Score.NONE;
  private long documents;

  /**
   * @param latest how many documents {@link #latest} looks back
   * @param perType how many documents of one type {@link #latestByType} looks back
   */
  ReplayScores(int latest, int perType) {
    this.latest = new Window(latest);
    this.perType = perType;
  }

  /**
   * Takes in the score of one document.
   *
   * @param type of the document; empty when nobody said
   */
  void add(String type, Score score) {
    String name = type.isEmpty() ? "untyped" : type;
    documents++;
    all = all.plus(score);
    latest.add(score.total());
    byType.merge(name, score.total(), Tally::plus);
    latestByType.computeIfAbsent(name, key -> new Window(perType)).add(score.total());
  }

  /** How many documents were scored. */
  long documents() {
    return documents;
  }

  /** Micro F1 over all documents; empty before the first. */
  Optional<Double> all() {
    return documents == 0 ? Optional.empty() : Optional.of(all.microF1());
  }

  /** Micro F1 over the latest documents; empty before the first. */
  Optional<Double> latest() {
    return documents == 0 ? Optional.empty() : Optional.of(latest.sum().f1());
  }

  /** Micro F1 of each type over all its documents. */
  SortedMap<String, Double> byType() {
    return map(byType, Tally::f1);
  }

  /** Micro F1 of each type over its latest documents. */
  SortedMap<String, Double> latestByType() {
    return map(latestByType, window -> window.sum().f1());
  }

  /** F1 of each field over all documents. */
  SortedMap<String, Double> byField() {
    SortedMap<String, Double> fields = new TreeMap<>();
    for (Map.Entry<FieldName, Tally> field : all.fields().entrySet()) {
      fields.put(field.getKey().value(), field.getValue().f1());
    }
    return Collections.unmodifiableSortedMap(fields);
  }

  private static <V> SortedMap<String, Double> map(
      SortedMap<String, V> from, ToDoubleFunction<V> f1) {
    SortedMap<String, Double> to = new TreeMap<>();
    from.forEach((name, value) -> to.put(name, f1.applyAsDouble(value)));
    return Collections.unmodifiableSortedMap(to);
  }

  /** The latest tallies, at most {@code size} of them. */
  private static final class Window {
    private final int size;
    private final Deque<Tally> tallies = new ArrayDeque<>();

    Window(int size) {
      this.size = size;
    }

    void add(Tally tally) {
      if (tallies.size() == size) {
        tallies.removeFirst();
      }
      tallies.addLast(tally);
    }

    Tally sum() {
      return tallies.stream().reduce(Tally.NONE, Tally::plus);
    }
  }
}
