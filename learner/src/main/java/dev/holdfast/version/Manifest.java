package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is to know about a model version without its weights. It is the last record of a
 * version: whoever reads it has been offered all chunks.
 *
 * @param version its name
 * @param parent number of the version that it has learned on from, 0 for the first; not the one
 *     before it after a rollback
 * @param content what the chunks are
 * @param createdAt when it was published, to the millisecond
 * @param learned what it has learned and its parent had not, in that order; empty after rehearsal
 *     only
 * @param counters of its collection
 * @param provenance what it was made from
 * @param obeyed one past the offset of the last message of {@code control} that its learner had
 *     seen to; 0 when there was none
 * @param leftOut documents that were seen to since the parent and not learned: held back to score
 *     versions on, or put aside since a version was refused for them
 * @param verdict of the gate; empty when it was not asked, as when an operator wanted the version
 */
public record Manifest(
    ModelVersion version,
    long parent,
    Content content,
    Instant createdAt,
    List<LearnedExample> learned,
    Counters counters,
    Provenance provenance,
    long obeyed,
    List<DocumentId> leftOut,
    Optional<Verdict> verdict) {

  /** Of a collection that nothing was asked of, and that learns all that comes without a gate. */
  public Manifest(
      ModelVersion version,
      long parent,
      Content content,
      Instant createdAt,
      List<LearnedExample> learned,
      Counters counters,
      Provenance provenance) {
    this(
        version,
        parent,
        content,
        createdAt,
        learned,
        counters,
        provenance,
        0,
        List.of(),
        Optional.empty());
  }

  public Manifest {
    requireNonNull(content, "content is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(counters, "counters is null");
    requireNonNull(provenance, "provenance is null");
    requireNonNull(verdict, "verdict is null");
    learned = List.copyOf(learned);
    leftOut = List.copyOf(leftOut);
    if (verdict.filter(Verdict::refused).isPresent()) {
      throw new IllegalArgumentException("expected a version that is not refused, was one that is");
    }
    if (obeyed < 0) {
      throw new IllegalArgumentException("expected obeyed >= 0, was " + obeyed);
    }
    if (parent < 0 || parent >= version.number()) {
      throw new IllegalArgumentException(
          "expected a parent from 0 to below %d, was %d".formatted(version.number(), parent));
    }
  }

  /** Names the weights, whatever the version is called. */
  public Digest digest() {
    return content.digest();
  }
}
