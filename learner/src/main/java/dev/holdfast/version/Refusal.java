package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate has kept out in one round: a version that has lost too much on what is held back,
 * or what people say whom an earlier version was refused for. Names documents, types, fields and
 * annotators, and never says what a document says.
 *
 * @param collection whose learner's gate it is
 * @param round number of the round, by which it is told once
 * @param at when, to the millisecond
 * @param version the version that was refused, if one was
 * @param putAside examples that were not learned when they came, since who said them is mistrusted;
 *     what a refused version had learned is put aside by its verdict
 */
public record Refusal(
    CollectionName collection,
    long round,
    Instant at,
    Optional<Refused> version,
    List<PutAside> putAside) {

  /**
   * A version that was not published.
   *
   * @param number that it would have had; the next one that is published has it
   * @param verdict why
   */
  public record Refused(long number, Verdict verdict) {
    public Refused {
      if (number < 1 || !verdict.refused()) {
        throw new IllegalArgumentException(
            "expected the number of a version that is refused, was %d and %s"
                .formatted(number, verdict.outcome()));
      }
    }
  }

  public Refusal {
    requireNonNull(collection, "collection is null");
    requireNonNull(at, "at is null");
    requireNonNull(version, "version is null");
    putAside = List.copyOf(putAside);
    if (round < 1 || (version.isEmpty() && putAside.isEmpty())) {
      throw new IllegalArgumentException(
          "round %d of %s: expected a version or examples that are refused, found none"
              .formatted(round, collection));
    }
  }

  /** The documents whose examples are put aside with it, by annotator; the nameless one is "". */
  public SortedMap<String, List<DocumentId>> byAnnotator() {
    SortedMap<String, List<DocumentId>> documents = new TreeMap<>();
    List<PutAside> all = new ArrayList<>(putAside);
    version.ifPresent(refused -> all.addAll(refused.verdict().putAside()));
    for (PutAside example : all) {
      documents
          .computeIfAbsent(example.annotator(), name -> new ArrayList<>())
          .add(example.document());
    }
    return documents;
  }

  /** The same in a sentence or two. */
  public String summary() {
    return RefusalWords.of(this);
  }
}
