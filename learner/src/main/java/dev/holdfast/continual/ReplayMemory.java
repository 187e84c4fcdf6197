package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.FieldName;
import dev.holdfast.network.TrainingDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Documents kept for rehearsal: a uniform sample of all that were ever learned. A document that is
 * annotated again takes its own place. Half of the rehearsals are drawn uniformly, half from a
 * field drawn uniformly, so that what is rare is rehearsed as well.
 *
 * <p>Not thread-safe.
 */
final class ReplayMemory {
  private final int capacity;
  private final Reservoir<TrainingDocument> documents;
  private final Map<DocumentKey, Integer> places = new HashMap<>();

  /**
   * Places of the documents with a field, ascending, so that they follow from {@link #documents}
   * alone.
   */
  private final SortedMap<FieldName, List<Integer>> byField = new TreeMap<>();

  ReplayMemory(int capacity) {
    this.capacity = capacity;
    documents = new Reservoir<>(capacity);
  }

  int size() {
    return documents.size();
  }

  /** How many different documents were offered. */
  long seen() {
    return documents.seen();
  }

  void seen(long count) {
    documents.seen(count);
  }

  List<TrainingDocument> documents() {
    return documents.items();
  }

  /** Whether it is remembered, in any state of annotation. */
  boolean contains(DocumentKey key) {
    return places.containsKey(key);
  }

  /** Whether a document with that field is remembered. */
  boolean contains(FieldName field) {
    return byField.containsKey(field);
  }

  /** A document as it is remembered. */
  Optional<TrainingDocument> find(DocumentKey key) {
    return Optional.ofNullable(places.get(key)).map(documents.items()::get);
  }

  /** Remembers a document, perhaps in another one's place. */
  void offer(TrainingDocument document, SplittableRandom random) {
    DocumentKey key = document.document().key();
    Integer known = places.get(key);
    if (known != null) {
      replace(known, document);
      return;
    }
    int place = documents.offer(random);
    if (place == documents.size()) {
      add(document);
    } else if (place >= 0) {
      replace(place, document);
    }
  }

  /** Remembers a document as the last one. */
  void add(TrainingDocument document) {
    documents.put(documents.size(), document);
    index(document, documents.size() - 1);
  }

  /** Remembers a document no more, if it is remembered; the last one takes its place. */
  void remove(DocumentKey key) {
    Integer place = places.get(key);
    if (place == null) {
      return;
    }
    int last = documents.size() - 1;
    TrainingDocument moved = documents.items().get(last);
    clear(place);
    if (place != last) {
      clear(last);
      documents.put(place, moved);
      index(moved, place);
    }
    documents.removeLast();
  }

  /**
   * Gives up documents until there are no more than it may hold, each as likely as any other: a
   * sample stays one. Which ones follows from what it holds and how many were offered.
   */
  void fit() {
    SplittableRandom random = new SplittableRandom(seen());
    while (size() > capacity) {
      remove(documents.draw(random).document().key());
    }
  }

  /** Puts the same documents, made ready anew, into the places of those that it has. */
  void renew(List<TrainingDocument> same) {
    for (int place = 0; place < same.size(); place++) {
      documents.put(place, same.get(place));
    }
  }

  private void replace(int place, TrainingDocument document) {
    clear(place);
    documents.put(place, document);
    index(document, place);
  }

  private void clear(int place) {
    TrainingDocument old = documents.items().get(place);
    places.remove(old.document().key());
    for (FieldName field : old.marks().keySet()) {
      List<Integer> holders = byField.get(field);
      holders.remove(Collections.binarySearch(holders, place));
      if (holders.isEmpty()) {
        byField.remove(field);
      }
    }
  }

  private void index(TrainingDocument document, int place) {
    places.put(document.document().key(), place);
    for (FieldName field : document.marks().keySet()) {
      List<Integer> holders = byField.computeIfAbsent(field, f -> new ArrayList<>());
      holders.add(-1 - Collections.binarySearch(holders, place), place);
    }
  }

  /** A remembered document; there must be one. */
  TrainingDocument draw(SplittableRandom random) {
    if (random.nextBoolean()) {
      return documents.draw(random);
    }
    return draw(List.copyOf(byField.keySet()).get(random.nextInt(byField.size())), random);
  }

  /** A remembered document with that field; there must be one. */
  TrainingDocument draw(FieldName field, SplittableRandom random) {
    List<Integer> holders = byField.get(field);
    return documents.items().get(holders.get(random.nextInt(holders.size())));
  }
}
