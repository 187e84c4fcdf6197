package dev.holdfast.monitoring;

import dev.holdfast.document.FieldName;
import dev.holdfast.drift.HashedWords;
import dev.holdfast.extraction.ExtractedValue;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.monitoring.DriftEvent.BeforeAndNow;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a collection's documents were like since the last restart, and what the latest {@value
 * #LATEST} are like: types, words, and confidence field by field.
 *
 * <p>Not thread-safe.
 */
final class Portrait {
  private static final int LATEST = 20;

  /** A fall in confidence that is worth telling, and how many are. */
  private static final double FALL = .05;

  private static final int MOST_FIELDS = 10;

  private final Deque<Look> looks = new ArrayDeque<>();
  private final Deque<Map<FieldName, Double>> found = new ArrayDeque<>();
  private final int maxTypes;
  private final Set<String> types = new HashSet<>();
  private final BitSet words = new BitSet(HashedWords.BUCKETS);
  private final Map<FieldName, Mean> confidence = new TreeMap<>();

  private record Look(String type, HashedWords words) {}

  private static final class Mean {
    private double sum;
    private long count;

    void add(double number) {
      sum += number;
      count++;
    }

    double value() {
      return count == 0 ? 0 : sum / count;
    }
  }

  /**
   * @param maxTypes that are kept; once there are so many, no type can be told to be new any more
   */
  Portrait(int maxTypes) {
    this.maxTypes = maxTypes;
  }

  void document(String type, HashedWords itsWords) {
    looks.addLast(new Look(type, itsWords));
    if (looks.size() > LATEST) {
      Look leaving = looks.removeFirst();
      if (types.size() < maxTypes) {
        types.add(leaving.type());
      }
      for (int i = 0; i < leaving.words().size(); i++) {
        words.set(leaving.words().bucket(i));
      }
    }
  }

  void extraction(Extraction extraction) {
    Map<FieldName, Double> best = new TreeMap<>();
    extraction.fields().forEach((field, values) -> best.put(field, best(values)));
    found.addLast(best);
    if (found.size() > LATEST) {
      found
          .removeFirst()
          .forEach((field, sure) -> confidence.computeIfAbsent(field, f -> new Mean()).add(sure));
    }
  }

  private static double best(List<ExtractedValue> values) {
    return values.get(0).confidence();
  }

  /**
   * The share of the latest documents by type, of types that none of those before had; empty when
   * there is no room to know.
   */
  SortedMap<String, Double> newTypes() {
    SortedMap<String, Integer> counts = new TreeMap<>();
    if (!types.isEmpty() && types.size() < maxTypes) {
      looks.stream()
          .filter(look -> !look.type().isEmpty() && !types.contains(look.type()))
          .forEach(look -> counts.merge(look.type(), 1, Integer::sum));
    }
    SortedMap<String, Double> shares = new TreeMap<>();
    counts.forEach((type, count) -> shares.put(type, (double) count / looks.size()));
    return shares;
  }

  /** The mean share of a latest document's words that none of those before had, 0 to 1. */
  double newWords() {
    if (words.isEmpty()) {
      return 0;
    }
    return looks.stream().mapToDouble(look -> unseen(look.words())).average().orElse(0);
  }

  private double unseen(HashedWords document) {
    double share = 0;
    for (int i = 0; i < document.size(); i++) {
      share += words.get(document.bucket(i)) ? 0 : document.share(i);
    }
    return Math.min(1, share);
  }

  /** The fields whose mean confidence fell, by the fall, the deepest first. */
  Map<String, BeforeAndNow> fallen() {
    Map<FieldName, Mean> latest = new TreeMap<>();
    for (Map<FieldName, Double> document : found) {
      document.forEach((field, sure) -> latest.computeIfAbsent(field, f -> new Mean()).add(sure));
    }
    Map<String, BeforeAndNow> fallen = new LinkedHashMap<>();
    confidence.entrySet().stream()
        .map(
            before ->
                Map.entry(
                    before.getKey().value(),
                    new BeforeAndNow(
                        before.getValue().value(),
                        latest.getOrDefault(before.getKey(), new Mean()).value())))
        .filter(field -> field.getValue().before() - field.getValue().now() >= FALL)
        .sorted(
            Comparator.comparingDouble(field -> field.getValue().now() - field.getValue().before()))
        .limit(MOST_FIELDS)
        .forEach(field -> fallen.put(field.getKey(), field.getValue()));
    return fallen;
  }

  void restart() {
    looks.clear();
    found.clear();
    types.clear();
    words.clear();
    confidence.clear();
  }
}
