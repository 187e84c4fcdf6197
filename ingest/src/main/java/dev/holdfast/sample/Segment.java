package dev.holdfast.sample;

import java.util.List;

/**
 * A run of documents in the stream that are drawn from the same formats.
 *
 * @param start index of the first document
 * @param end one past the last; {@link Integer#MAX_VALUE} for the last segment
 * @param drift what makes it differ from the segment before
 * @param formats each document is of one of these; the first is of the last one named
 */
public record Segment(int start, int end, Drift drift, List<Format> formats) {
  public Segment {
    formats = List.copyOf(formats);
    if (start < 0 || end <= start || formats.isEmpty()) {
      throw new IllegalArgumentException(
          "expected 0 <= start < end and a format, was [%d, %d) and %d formats"
              .formatted(start, end, formats.size()));
    }
  }

  /** What changes at the start of a segment. */
  public enum Drift {
    /** The stream begins. */
    START,
    /** A type of document that was never seen. */
    NEW_TYPE,
    /** A layout that was never seen, of a type that is known. */
    NEW_FORMAT,
    /** An earlier type comes back after others. */
    RETURN,
    /** Everything that was seen so far, in turn. */
    MIXED
  }

  /**
   * A layout of a type of documents.
   *
   * @param type as documents carry it
   * @param name of the layout
   */
  public record Format(String type, String name) {
    @Override
    public String toString() {
      return type + "/" + name;
    }
  }

  /** Whether the document of that index belongs to it. */
  public boolean contains(int index) {
    return start <= index && index < end;
  }
}
