package dev.holdfast.continual;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Weights;
import dev.holdfast.score.Score;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * The version that others are compared with: its weights, what it scored, and, once the learner has
 * gone on from it, how the learner was and what it has learned since.
 *
 * <p>Not thread-safe.
 */
final class GoodVersion {
  /** Examples from one good version to the next, at least. */
  private static final int GOOD_FROM = 16;

  /** Examples after which any version that is not refused counts as good. */
  private static final int GOOD_AT_LAST = 64;

  private final long number;
  private final Optional<EncoderFile> encoder;
  private final Weights weights;
  private final Map<DocumentKey, Score> scores = new HashMap<>();
  private Optional<LearnerState.Snapshot> learner;

  /** What was learned since, in its order. */
  private List<Lesson> since = new ArrayList<>();

  /**
   * An example that was learned.
   *
   * @param again whether it has been refused before
   */
  record Lesson(Example example, boolean again) {}

  /**
   * What was learned since, when it is gone back to.
   *
   * @param again what is learned once more, in its order
   * @param putAside what is not
   */
  record Sifted(List<Example> again, List<Verdict.PutAside> putAside) {}

  private GoodVersion(
      long number,
      LearningSettings settings,
      Weights weights,
      Optional<LearnerState.Snapshot> learner) {
    this.number = number;
    encoder = settings.encoder();
    this.weights = requireNonNull(weights, "weights is null");
    this.learner = learner;
  }

  /** What the learner is now. */
  static GoodVersion now(long number, LearningSettings settings, Weights weights) {
    return new GoodVersion(number, settings, weights, Optional.empty());
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

  /** Whether the learner has gone on from it. */
  boolean isLeftBehind() {
    return learner.isPresent();
  }

  /** The learner as it was, from which it goes on as if nothing had been learned since. */
  ContinualLearner goBack(LearningSettings settings) {
    since = new ArrayList<>();
    return ContinualLearner.backTo(settings, learner.orElseThrow());
  }

  /** An example is learned now. */
  void learned(Lesson lesson) {
    since.add(lesson);
  }

  /** What was learned since, in its order. */
  List<Lesson> since() {
    return List.copyOf(since);
  }

  /**
   * Tells what was learned since and may be learned once more from what must not. Of a document
   * that would be learned several times it is the last lesson alone, which says all that the others
   * say or says it better, in its place.
   *
   * @param blamed whose examples must not
   */
  Sifted sift(Set<String> blamed) {
    Map<DocumentKey, Example> again = new LinkedHashMap<>();
    List<Verdict.PutAside> putAside = new ArrayList<>();
    for (Lesson lesson : since) {
      Example example = lesson.example();
      if (lesson.again() || blamed.contains(HeldDocument.annotator(example))) {
        putAside.add(Verdict.PutAside.of(example));
      } else {
        again.remove(example.document().key());
        again.put(example.document().key(), example);
      }
    }
    return new Sifted(List.copyOf(again.values()), putAside);
  }

  /**
   * Whether a version that is not refused is the one to compare with from now on.
   *
   * @param comparison of that version with this
   * @param heldBack what is held back
   */
  boolean isFollowedBy(Comparison comparison, Collection<HeldDocument> heldBack) {
    return since.size() >= GOOD_AT_LAST
        || (since.size() >= GOOD_FROM && !comparison.seemsWorse() && suspects(heldBack).isEmpty());
  }

  /**
   * Those that it disagrees with among whom has been learned from since.
   *
   * @param heldBack what is held back
   */
  SortedSet<String> suspects(Collection<HeldDocument> heldBack) {
    List<HeldDocument> examples =
        since.stream().map(lesson -> HeldDocument.of(lesson.example())).toList();
    try (Extractor extractor = extractor()) {
      return Trust.suspects(examples, heldBack, extractor);
    }
  }

  /** Reads as this version does; to be closed. */
  Extractor extractor() {
    return new Extractor(weights, encoder);
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
    since.removeIf(lesson -> lesson.example().document().key().equals(document));
    learner = learner.map(before -> before.without(document));
  }

  /** A document is held back with other marks than before. */
  void heldBackAnew(DocumentKey document) {
    scores.remove(document);
  }

  /**
   * Writes everything that {@link #restore} needs.
   *
   * <pre>
   *   long number
   *   boolean whether the learner has gone on from it; if so how it was then
   *   int lessons since, each: int length, JSON of the example, boolean again
   * </pre>
   */
  void save(DataOutput out) throws IOException {
    out.writeLong(number);
    out.writeBoolean(learner.isPresent());
    if (learner.isPresent()) {
      learner.get().save(out);
    }
    out.writeInt(since.size());
    for (Lesson lesson : since) {
      HeldBack.write(out, lesson.example());
      out.writeBoolean(lesson.again());
    }
  }

  /**
   * What {@link #save} wrote.
   *
   * @param now the learner, which is what the version is unless it has gone on from it
   */
  static GoodVersion restore(LearningSettings settings, ContinualLearner now, DataInput in)
      throws IOException {
    long number = in.readLong();
    GoodVersion good;
    if (in.readBoolean()) {
      LearnerState.Snapshot before = LearnerState.Snapshot.read(settings, in);
      Weights weights = ContinualLearner.backTo(settings, before).weights();
      good = new GoodVersion(number, settings, weights, Optional.of(before));
    } else {
      good = now(number, settings, now.weights());
    }
    int lessons = in.readInt();
    for (int i = 0; i < lessons; i++) {
      good.learned(new Lesson(HeldBack.read(in), in.readBoolean()));
    }
    return good;
  }
}
