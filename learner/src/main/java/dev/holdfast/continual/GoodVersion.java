package dev.holdfast.continual;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Weights;
import dev.holdfast.score.Score;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The version that others are compared with: its weights, what it scored, and, once the learner has
 * gone on from it, how the learner was.
 *
 * <p>Not thread-safe.
 */
final class GoodVersion {
  private final long number;
  private final Weights weights;
  private final Map<DocumentKey, Score> scores = new HashMap<>();
  private Optional<LearnerState.Snapshot> learner;

  private GoodVersion(long number, Weights weights, Optional<LearnerState.Snapshot> learner) {
    this.number = number;
    this.weights = requireNonNull(weights, "weights is null");
    this.learner = learner;
  }

  /** What the learner is now. */
  static GoodVersion now(long number, Weights weights) {
    return new GoodVersion(number, weights, Optional.empty());
  }

  /** What the learner was. */
  static GoodVersion before(
      long number, LearningSettings settings, LearnerState.Snapshot learner) {
    Weights weights = ContinualLearner.backTo(settings, learner).weights();
    return new GoodVersion(number, weights, Optional.of(learner));
  }

  long number() {
    return number;
  }

  /** The learner is about to go on. */
  void leftBehind(ContinualLearner now) {
    if (learner.isEmpty()) {
      learner = Optional.of(now.snapshot());
    }
  }

  /** How the learner was, if it has gone on. */
  Optional<LearnerState.Snapshot> learner() {
    return learner;
  }

  /** Reads as this version does; to be closed. */
  Extractor extractor() {
    return new Extractor(weights);
  }

  /** What it scores on each; what it has scored before is not read again. */
  List<Score> scores(List<HeldDocument> documents) {
    if (!documents.stream().allMatch(held -> scores.containsKey(held.document().key()))) {
      try (Extractor extractor = extractor()) {
        for (HeldDocument held : documents) {
          scores.computeIfAbsent(held.document().key(), key -> held.score(extractor));
        }
      }
    }
    return documents.stream().map(held -> scores.get(held.document().key())).toList();
  }

  /** Nothing is kept of a document any more. */
  void forget(DocumentKey document) {
    scores.remove(document);
    learner = learner.map(before -> before.without(document));
  }

  /** A document is held back with other marks than before. */
  void heldBackAnew(DocumentKey document) {
    scores.remove(document);
  }
}
