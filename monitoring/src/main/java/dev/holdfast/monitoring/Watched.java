package dev.holdfast.monitoring;

import dev.holdfast.document.FieldName;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.score.AnnotatedValues;
import dev.holdfast.score.JudgedValue;
import dev.holdfast.score.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One document between its prediction and what people say about it, whichever comes first.
 *
 * <p>Not thread-safe.
 */
final class Watched {
  private final Set<FieldName> decided = new HashSet<>();
  private final SortedMap<FieldName, AnnotatedValues> undecided = new TreeMap<>();
  private String type = "";
  private Map<FieldName, List<Found>> predicted;
  private long version;
  private long predictedAtMillis;
  private long annotatedAtMillis = Long.MAX_VALUE;
  private long learnedIn = Long.MAX_VALUE;

  /**
   * Keeps a prediction, unless something was said about the one before.
   *
   * @return whether it is the first
   */
  boolean predict(Extraction extraction) {
    boolean first = predicted == null;
    if (first || (undecided.isEmpty() && decided.isEmpty())) {
      type = extraction.type();
      version = extraction.version();
      predictedAtMillis = extraction.at().toEpochMilli();
      predicted = new HashMap<>();
      extraction
          .fields()
          .forEach(
              (field, found) ->
                  predicted.put(
                      field,
                      found.stream()
                          .map(value -> new Found(value.text(), (float) value.confidence()))
                          .toList()));
    }
    return first;
  }

  /** Keeps what is said about a field, if it is the first that is said about it. */
  void annotate(FieldName field, AnnotatedValues values, long atMillis) {
    annotatedAtMillis = Math.min(annotatedAtMillis, atMillis);
    if (!decided.contains(field)) {
      undecided.putIfAbsent(field, values);
    }
  }

  /** Notes that a version learned it. */
  void learn(long byVersion) {
    learnedIn = Math.min(learnedIn, byVersion);
  }

  /** Whether there is a prediction and a statement that was not held against it yet. */
  boolean decidable() {
    return predicted != null && !undecided.isEmpty();
  }

  /** Whether a prediction of it was ever held against a statement. */
  boolean wasDecided() {
    return !decided.isEmpty();
  }

  String type() {
    return type.isEmpty() ? Slice.UNKNOWN : type;
  }

  Verdict verdict(Lineage lineage) {
    if (version == 0) {
      return Verdict.SCORED;
    }
    if (!lineage.reaches(version)) {
      return Verdict.TOO_EARLY;
    }
    if (learnedIn <= version) {
      return Verdict.LEARNED_BEFORE;
    }
    // Which version learned it first may no longer be known; but none learns what was not said yet.
    boolean known = annotatedAtMillis >= lineage.horizonMillis();
    return known || predictedAtMillis < annotatedAtMillis ? Verdict.SCORED : Verdict.UNVERIFIABLE;
  }

  /** What came of the statements that are undecided; from now on they are decided. */
  Decision decide() {
    SortedMap<FieldName, Tally> tallies = new TreeMap<>();
    List<JudgedValue> judged = new ArrayList<>();
    undecided.forEach(
        (field, values) -> {
          List<Found> found = predicted.getOrDefault(field, List.of());
          tallies.put(field, values.tally(found.stream().map(Found::text).toList()));
          found.forEach(
              value ->
                  judged.add(
                      new JudgedValue(field, value.confidence(), values.includes(value.text()))));
        });
    decided.addAll(undecided.keySet());
    undecided.clear();
    return new Decision(tallies, judged);
  }

  /**
   * What statements say about a prediction.
   *
   * @param tallies by field
   * @param values that were predicted for these fields
   */
  record Decision(SortedMap<FieldName, Tally> tallies, List<JudgedValue> values) {}

  /** A predicted value, as small as can be. */
  private record Found(String text, float confidence) {}

  /** Whether a prediction may be held against a statement. */
  enum Verdict {
    /** The version that predicted had not learned the document. */
    SCORED,
    /** It had. */
    LEARNED_BEFORE,
    /** Manifests that would tell are gone, and the prediction is no older than the annotation. */
    UNVERIFIABLE,
    /** The manifest that tells has not come yet. */
    TOO_EARLY
  }
}
