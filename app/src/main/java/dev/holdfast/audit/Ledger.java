package dev.holdfast.audit;

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
import java.util.stream.LongStream;

/**
 * What was sent, and what has come of it: each document and content must be extracted once, and
 * taken back once when it is forgotten; each statement must be in an example, and each example in
 * one round; each order must be seen to once, and what the gate keeps out told once.
 *
 * <p>Not thread-safe.
 */
public final class Ledger {
  private final Map<DocumentKey, Entry> entries = new HashMap<>();
  private final Map<Place, Learnable> examples = new TreeMap<>();
  private final Map<CollectionName, List<Round>> rounds = new HashMap<>();
  private final Map<CollectionName, List<Round>> quarantines = new HashMap<>();
  private final Map<Asked, Integer> orders = new HashMap<>();
  private final Map<Refused, Integer> refusals = new HashMap<>();
  private long annotations;
  private long steps;

  /** One document. */
  private static final class Entry {
    private final Set<FieldName> stated = new HashSet<>();

    /** Extractions that are due and have not come, by type; below zero where too many came. */
    private final Map<String, Integer> due = new HashMap<>();

    private boolean everForgotten;
    private int forgotten;
    private int takenBack;
    private boolean gone;
    private boolean present;
    private Learnable latest;
  }

  /**
   * What an operator asks.
   *
   * @param offset of the message
   */
  private record Asked(CollectionName collection, long offset) {}

  /** A round that the gate kept something out of. */
  private record Refused(CollectionName collection, long round) {}

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
  public record Round(int partition, long from, long to) {
    private boolean has(Place place) {
      return place.partition() == partition && from <= place.offset() && place.offset() < to;
    }
  }

  /**
   * A new document, or new content of one, has been sent. Contents of one document are told apart
   * by their types, where these differ.
   */
  public void sent(Document document) {
    Entry entry = entry(document.key());
    entry.due.merge(document.type(), 1, Integer::sum);
    entry.gone = false;
  }

  /**
   * That a document be forgotten has been asked.
   *
   * @param sent whether it had been sent, so that its extraction is to be taken back
   */
  public void forgotten(DocumentKey document, boolean sent) {
    Entry entry = entry(document);
    entry.everForgotten = true;
    if (sent) {
      entry.forgotten++;
      entry.gone = true;
    }
  }

  /** An annotation that states these fields has been sent. */
  public void sent(DocumentKey document, Set<FieldName> fields) {
    annotations++;
    entry(document).stated.addAll(fields);
  }

  /**
   * An extraction has come.
   *
   * @param type of the content that it is of
   */
  public void extracted(DocumentKey document, String type) {
    Entry entry = entry(document);
    entry.due.merge(type, -1, Integer::sum);
    entry.present = true;
    steps++;
  }

  /** The extraction of a document was taken back. */
  public void takenBack(DocumentKey document) {
    Entry entry = entry(document);
    entry.takenBack++;
    entry.present = false;
    steps++;
  }

  /** Something was asked of a collection. */
  public void asked(CollectionName collection, long offset) {
    orders.putIfAbsent(new Asked(collection, offset), 0);
  }

  /** What was asked was done, or refused. */
  public void settled(CollectionName collection, long offset) {
    orders.merge(new Asked(collection, offset), 1, Integer::sum);
    steps++;
  }

  /** The gate kept something out of a round. */
  public void refused(CollectionName collection, long round) {
    refusals.merge(new Refused(collection, round), 1, Integer::sum);
  }

  /** That the gate kept something out of a round was told. */
  public void refusalTold(CollectionName collection, long round) {
    refusals.merge(new Refused(collection, round), -1, Integer::sum);
  }

  /** An example has come that teaches something about these fields. */
  public void example(DocumentKey document, int partition, long offset, Set<FieldName> fields) {
    Learnable example =
        new Learnable(new Place(partition, offset), document.collection(), Set.copyOf(fields));
    examples.put(example.place(), example);
    entry(document).latest = example;
    steps++;
  }

  /** A round has learned examples. */
  public void learned(CollectionName collection, Round round) {
    rounds.computeIfAbsent(collection, name -> new ArrayList<>()).add(round);
    steps++;
  }

  /** A round has set examples aside, on which learning failed. */
  public void quarantined(CollectionName collection, Round round) {
    quarantines.computeIfAbsent(collection, name -> new ArrayList<>()).add(round);
    steps++;
  }

  private Entry entry(DocumentKey document) {
    return entries.computeIfAbsent(document, key -> new Entry());
  }

  public long annotations() {
    return annotations;
  }

  /** Grows whenever anything comes. */
  public long steps() {
    return steps;
  }

  /** Whether all that is due has come. */
  public boolean done() {
    return lost() == 0 && neverLearned() == 0 && notForgotten() == 0 && unsettled() == 0;
  }

  /** Extractions that are missing. */
  public long lost() {
    return differences().map(due -> Math.max(0, due)).sum();
  }

  /** Extractions that are too many. */
  public long duplicated() {
    return differences().map(due -> Math.max(0, -due)).sum();
  }

  private LongStream differences() {
    return entries.values().stream()
        .flatMap(entry -> entry.due.values().stream())
        .mapToLong(Integer::longValue);
  }

  /** How often an example was learned again, or learned and set aside. */
  public long learnedTwice() {
    return examples.values().stream()
        .mapToLong(example -> Math.max(0, times(example, rounds) + times(example, quarantines) - 1))
        .sum();
  }

  /** Examples that were set aside, since learning failed on them. */
  public long quarantined() {
    return examples.values().stream().filter(example -> times(example, quarantines) > 0).count();
  }

  /**
   * Examples that no round has learned or set aside, and documents whose statements are in no
   * example; of one that was ever forgotten nobody can say which statements came before that.
   */
  public long neverLearned() {
    long unstated =
        entries.values().stream()
            .filter(entry -> !entry.everForgotten && !entry.stated.isEmpty())
            .filter(
                entry -> entry.latest == null || !entry.latest.fields().containsAll(entry.stated))
            .count();
    return unstated
        + examples.values().stream()
            .filter(example -> times(example, rounds) + times(example, quarantines) == 0)
            .count();
  }

  /** Documents that were to be forgotten and are not, once for each time. */
  public long notForgotten() {
    return entries.values().stream()
        .mapToLong(
            entry ->
                Math.abs(entry.forgotten - entry.takenBack) + (entry.gone && entry.present ? 1 : 0))
        .sum();
  }

  /** What was asked and was not seen to, or more than once. */
  public long unsettled() {
    return orders.values().stream().filter(times -> times != 1).count();
  }

  /** What the gate kept out and was not told, or more than once. */
  public long refusalsNotTold() {
    return refusals.values().stream().filter(difference -> difference != 0).count();
  }

  private static long times(Learnable example, Map<CollectionName, List<Round>> rounds) {
    return rounds.getOrDefault(example.collection(), List.of()).stream()
        .filter(round -> round.has(example.place()))
        .count();
  }
}
