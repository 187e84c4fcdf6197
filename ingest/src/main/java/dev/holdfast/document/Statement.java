package dev.holdfast.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The latest that was said about one field of one document, and by whom.
 *
 * @param mark what was said
 * @param annotator who; empty when not said
 * @param source by what authority
 * @param at when
 */
public record Statement(Mark mark, String annotator, Source source, Instant at) {
  public Statement {
    requireNonNull(mark, "mark is null");
    requireNonNull(annotator, "annotator is null");
    requireNonNull(source, "source is null");
    requireNonNull(at, "at is null");
  }

  /** Whether this says the same as the other, by the same annotator and source, at any time. */
  public boolean repeats(Statement other) {
    return mark.equals(other.mark)
        && annotator.equals(other.annotator)
        && source.equals(other.source);
  }
}
