package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What monitoring knows of predictions and what came of them, at one moment.
 *
 * @param counts of what was read and scored
 * @param all over every collection
 * @param collections each as the slice with an empty name
 * @param types by collection and document type
 * @param fields by collection and field; "documents" are those in which the field was marked
 * @param versions by collection
 */
public record Scores(
    Counts counts,
    PrequentialF1 all,
    SortedMap<Slice, PrequentialF1> collections,
    SortedMap<Slice, PrequentialF1> types,
    SortedMap<Slice, PrequentialF1> fields,
    SortedMap<String, Versions> versions) {

  public Scores {
    requireNonNull(counts, "counts is null");
    requireNonNull(all, "all is null");
    collections = Collections.unmodifiableSortedMap(new TreeMap<>(collections));
    types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
  }

  /**
   * Numbers since the start of the log.
   *
   * @param extractions documents that were extracted
   * @param repeatedExtractions further extractions of a document, as far back as documents are kept
   * @param examples each time that something more was known of a document
   * @param scored statements held against a prediction
   * @param learnedBefore statements that are not scored: the predicting version had learned them
   * @param unverifiable statements that are not scored: manifests that would tell are gone
   * @param watched documents kept now
   * @param dropped documents no longer kept, of which no statement was ever held against a
   *     prediction
   */
  public record Counts(
      long extractions,
      long repeatedExtractions,
      long examples,
      long scored,
      long learnedBefore,
      long unverifiable,
      long watched,
      long dropped) {}

  /**
   * The versions of one collection.
   *
   * @param seen whose manifests were read
   * @param newest the highest number
   */
  public record Versions(long seen, long newest) {}
}
