package dev.holdfast.chaos;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Document;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was sent, and what has come of it: each document and content must be extracted once, each
 * statement must be in an example, and each example in one round.
 *
 * <p>Not thread-safe.
 */
final class Ledger {
  private final Map<DocumentKey, Entry> entries = new HashMap<>();
  private final Map<Place, Learnable> examples = new TreeMap<>();
  private final Map<CollectionName, List<Round>> rounds = new HashMap<>();
  private long annotations;
  private long steps;

  /** One document. */
  private static final class Entry {
    private final Set<FieldName> stated = new HashSet<>();
    private int contents;
    private int extractions;
    private Learnable latest;
  }

  /** Where an example lies. */
  private record Place(int partition, long offset) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byPartition = Integer.compare(partition, other.partition);
      return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }
  }

  /** An example that teaches something. */
  private record Learnable(Place place, CollectionName collection, Set<FieldName> fields) {}

  /**
   * A round that learned examples of its collection.
   *
   * @param from offset of the first
   * @param to one past the last
   */
  record Round(int partition, long from, long to) {
    private boolean has(Place place) {
      return place.partition() == partition && from <= place.offset() && place.offset() < to;
    }
  }

  /** A new document, or new content of one, has been sent. */
  void sent(Document document) {
    entry(document.key()).contents++;
  }

  /** An annotation that states these fields has been sent. */
  void sent(DocumentKey document, Set<FieldName> fields) {
    annotations++;
    entry(document).stated.addAll(fields);
  }

  /** An extraction has come. */
  void extracted(DocumentKey document) {
    entry(document).extractions++;
    steps++;
  }

  /** An example has come that teaches something about these fields. */
  void example(DocumentKey document, int partition, long offset, Set<FieldName> fields) {
    Learnable example =
        new Learnable(new Place(partition, offset), document.collection(), Set.copyOf(fields));
    examples.put(example.place(), example);
    entry(document).latest = example;
    steps++;
  }

  /** A round has learned examples. */
  void learned(CollectionName collection, Round round) {
    rounds.computeIfAbsent(collection, name -> new ArrayList<>()).add(round);
    steps++;
  }

  private Entry entry(DocumentKey document) {
    return entries.computeIfAbsent(document, key -> new Entry());
  }

  long annotations() {
    return annotations;
  }

  /** Grows whenever anything comes. */
  long steps() {
    return steps;
  }

  /** Whether all that is due has come. */
  boolean done() {
    return lost() == 0 && neverLearned() == 0;
  }

  /** Extractions that are missing. */
  long lost() {
    return entries.values().stream()
        .mapToLong(entry -> Math.max(0, entry.contents - entry.extractions))
        .sum();
  }

  /** Extractions that are too many. */
  long duplicated() {
    return entries.values().stream()
        .mapToLong(entry -> Math.max(0, entry.extractions - entry.contents))
        .sum();
  }

  /** How often an example was learned again. */
  long learnedTwice() {
    return examples.values().stream()
        .mapToLong(example -> Math.max(0, timesLearned(example) - 1))
        .sum();
  }

  /** Examples that no round has learned, and documents whose statements are in no example. */
  long neverLearned() {
    long unstated =
        entries.values().stream()
            .filter(entry -> !entry.stated.isEmpty())
            .filter(
                entry -> entry.latest == null || !entry.latest.fields().containsAll(entry.stated))
            .count();
    return unstated + examples.values().stream().filter(e -> timesLearned(e) == 0).count();
  }

  private long timesLearned(Learnable example) {
    return rounds.getOrDefault(example.collection(), List.of()).stream()
        .filter(round -> round.has(example.place()))
        .count();
  }
}
