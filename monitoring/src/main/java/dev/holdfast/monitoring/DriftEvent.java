package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something about a collection's documents, or about how well they are extracted, is no longer as
 * it was. Says what has changed by the names of types and fields and by numbers, never by the text
 * of a document.
 *
 * @param subject what it is about
 * @param at timestamp of the record that showed it
 * @param summary the same for people
 * @param changes what is different
 * @param position by topic, for each partition the offset after the last record that was read when
 *     it showed
 */
public record DriftEvent(
    Subject subject,
    Instant at,
    String summary,
    Changes changes,
    SortedMap<String, List<Long>> position) {

  public DriftEvent {
    requireNonNull(subject, "subject is null");
    requireNonNull(at, "at is null");
    requireNonNull(summary, "summary is null");
    requireNonNull(changes, "changes is null");
    SortedMap<String, List<Long>> copy = new TreeMap<>();
    position.forEach((topic, offsets) -> copy.put(topic, List.copyOf(offsets)));
    position = Collections.unmodifiableSortedMap(copy);
  }

  /** How it showed. */
  public enum Kind {
    /** Two of three signals that need no labels. */
    DOCUMENTS,
    /** Errors of predictions, as people's statements show them. */
    ERRORS,
    /** A type is extracted worse than it once was. */
    FORGETTING;

    /** As messages and meters name it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an event is about. Of each only one is told at a time: the next one when the last is over.
   *
   * @param type of document, for {@link Kind#FORGETTING}; else empty
   */
  public record Subject(CollectionName collection, Kind kind, String type) {
    public Subject {
      requireNonNull(collection, "collection is null");
      requireNonNull(kind, "kind is null");
      requireNonNull(type, "type is null");
    }
  }

  /**
   * What is different. Whatever does not apply is empty.
   *
   * @param levels by signal, as a share of what it takes to alarm
   * @param fields whose confidence fell, most first
   * @param newTypes share of the latest documents by type, of types not seen before
   * @param newWords share of the latest documents' words that were not seen before, 0 to 1
   * @param error what extraction got wrong, before and now
   */
  public record Changes(
      Map<String, Double> levels,
      Map<String, BeforeAndNow> fields,
      Map<String, Double> newTypes,
      double newWords,
      BeforeAndNow error) {
    public Changes {
      levels = Collections.unmodifiableSortedMap(new TreeMap<>(levels));
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      newTypes = Collections.unmodifiableSortedMap(new TreeMap<>(newTypes));
      requireNonNull(error, "error is null");
    }

    /** Only the error is different. */
    static Changes ofError(double before, double now) {
      return new Changes(Map.of(), Map.of(), Map.of(), 0, new BeforeAndNow(before, now));
    }
  }

  /** A number from 0 to 1 as it was and as it is. */
  public record BeforeAndNow(double before, double now) {
    /** Nothing and nothing. */
    public static final BeforeAndNow NONE = new BeforeAndNow(0, 0);
  }
}
