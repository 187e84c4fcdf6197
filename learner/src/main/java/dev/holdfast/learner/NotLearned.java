package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.DocumentId;
import dev.holdfast.version.LearnedExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a round was given and did not learn.
 *
 * @param heldBack documents that are held back for ever, to score versions on
 * @param putAside examples that a version was refused for, or that are by somebody whom one was
 *     refused for
 */
public record NotLearned(Set<DocumentId> heldBack, List<PutAside> putAside) {
  public static final NotLearned NONE = new NotLearned(Set.of(), List.of());

  public NotLearned {
    heldBack = Set.copyOf(heldBack);
    putAside = List.copyOf(putAside);
  }

  /** With what a refusal puts aside. */
  NotLearned plus(Verdict verdict) {
    List<PutAside> all = new ArrayList<>(putAside);
    all.addAll(verdict.putAside());
    return new NotLearned(heldBack, all);
  }

  boolean isEmpty() {
    return heldBack.isEmpty() && putAside.isEmpty();
  }

  /** What is held back, in a fixed order. */
  List<DocumentId> heldBackInOrder() {
    return heldBack.stream().sorted(Comparator.comparing(DocumentId::value)).toList();
  }

  /** All of them, each once, in a fixed order. */
  List<DocumentId> documents() {
    SortedMap<String, DocumentId> all = new TreeMap<>();
    heldBack.forEach(document -> all.put(document.value(), document));
    putAside.forEach(example -> all.put(example.document().value(), example.document()));
    return List.copyOf(all.values());
  }

  /** Those of the examples that were learned. */
  List<LearnedExample> without(List<LearnedExample> examples) {
    Set<DocumentId> left = Set.copyOf(documents());
    List<LearnedExample> learned = new ArrayList<>(examples);
    learned.removeIf(example -> left.contains(example.document()));
    return learned;
  }
}
