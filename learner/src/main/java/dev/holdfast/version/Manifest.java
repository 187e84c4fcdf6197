package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * What there is to know about a model version without its weights. It is the last record of a
 * version: whoever reads it has been offered all chunks.
 *
 * @param version its name
 * @param parent number of the version before it, 0 for the first
 * @param content what the chunks are
 * @param createdAt when it was published, to the millisecond
 * @param learned what it has learned and its parent had not, in that order; empty after rehearsal
 *     only
 * @param counters of its collection
 * @param provenance what it was made from
 */
public record Manifest(
    ModelVersion version,
    long parent,
    Content content,
    Instant createdAt,
    List<LearnedExample> learned,
    Counters counters,
    Provenance provenance) {

  public Manifest {
    requireNonNull(content, "content is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(counters, "counters is null");
    requireNonNull(provenance, "provenance is null");
    learned = List.copyOf(learned);
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
