package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.NormalText;
import java.util.HashSet;
import java.util.Set;

/** One field of a network: where its numbers lie, and what its annotations looked like so far. */
final class Field {
  /** How many counts there are. */
  static final int COUNTS = 6;

  final FieldName name;

  /** Where its {@link Chain} lies. */
  final int chain;

  /** Where its output layer over the encoder lies. */
  final int head;

  int present;
  int absent;
  int manyValued;
  int values;
  int inPieces;
  int maxLength;

  Field(FieldName name, int chain, int head) {
    this.name = name;
    this.chain = chain;
    this.head = head;
  }

  /** Counts what a new annotation shows of this field. */
  void count(Mark mark) {
    if (mark.values().isEmpty()) {
      absent++;
      return;
    }
    present++;
    Set<String> different = new HashSet<>();
    for (FieldValue value : mark.values()) {
      different.add(NormalText.of(value.text()));
      values++;
      if (value.spans().size() > 1) {
        inPieces++;
      }
      value.spans().forEach(span -> maxLength = Math.max(maxLength, span.end() - span.start()));
      value
          .candidates()
          .forEach(span -> maxLength = Math.max(maxLength, span.end() - span.start()));
    }
    if (different.size() > 1) {
      manyValued++;
    }
  }

  /** Whether documents have at most one value of it, as a rule. */
  boolean singleValued() {
    return manyValued * 10 <= present;
  }

  /** Whether its values come in several pieces, as a rule. */
  boolean piecewise() {
    return inPieces * 10 > values * 3;
  }

  /** How many documents spoke of it. */
  int documents() {
    return present + absent;
  }

  int[] counts() {
    return new int[] {present, absent, manyValued, values, inPieces, maxLength};
  }

  void counts(int[] from, int at) {
    present = from[at];
    absent = from[at + 1];
    manyValued = from[at + 2];
    values = from[at + 3];
    inPieces = from[at + 4];
    maxLength = from[at + 5];
  }
}
