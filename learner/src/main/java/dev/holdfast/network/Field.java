package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.FieldValue;
import dev.holdfast.document.Mark;
import dev.holdfast.document.NormalText;
import dev.holdfast.meaning.Locality;
import dev.holdfast.meaning.ValueKind;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** One field of a network: where its numbers lie, and what its annotations looked like so far. */
final class Field {
  /** In the order of their counts, which is that of every stored model. */
  private static final List<ValueKind> KINDS =
      List.of(
          ValueKind.DATE, ValueKind.AMOUNT, ValueKind.PHONE, ValueKind.EMAIL, ValueKind.COUNTRY);

  private static final int PLAIN_COUNTS = 6;

  /** Fewer values than this are too few to tell their kind. */
  private static final int FEW_VALUES = 3;

  /** How many counts there are. */
  static final int COUNTS = PLAIN_COUNTS + KINDS.size();

  /** From this probability on, the best candidate beats silence where there is always a value. */
  private static final float SINGLE_THRESHOLD = .1f;

  /**
   * How far the threshold of a single value follows what was measured where there is always one.
   */
  private static final float LEAST_CARE = .5f;

  /** No lower for many values: the best F1 is measured late while a model still gets better. */
  private static final float LEAST_MANY_THRESHOLD = .15f;

  final FieldName name;

  /** Where its {@link Chain} lies. */
  int chain;

  /** Where its output layer over the encoder lies. */
  int head;

  /** Where its {@link Applicability} lies. */
  int applicability;

  /** How right its candidates were before they were learned. */
  final Reliability reliability = new Reliability();

  /** What its raw probabilities mean, in a model that runs. */
  Calibration calibration = Calibration.NONE;

  /** How probable it is that it is marked where it belongs: c of {@link Applicability}. */
  float markedShare = Applicability.START_SHARE;

  /** See {@link Applicability#recognised}. */
  float recognised = Applicability.START_RECOGNISED;

  int present;
  int absent;
  int manyValued;
  int values;
  int inPieces;
  int maxLength;

  /** How many values show each kind. */
  private final int[] shown = new int[KINDS.size()];

  Field(FieldName name, int chain, int head, int applicability) {
    this.name = name;
    this.chain = chain;
    this.head = head;
    this.applicability = applicability;
  }

  /** Follows its numbers to where they lie now. */
  void moved(IntUnaryOperator to) {
    chain = to.applyAsInt(chain);
    head = to.applyAsInt(head);
    applicability = to.applyAsInt(applicability);
  }

  /**
   * Counts what a new annotation shows of this field.
   *
   * @param mark by pieces of tokens
   * @param language of its document, BCP 47; empty when it is not known
   */
  void count(Mark mark, String language) {
    noteLengths(mark);
    if (mark.values().isEmpty()) {
      absent++;
      return;
    }
    present++;
    Locality locality = Locality.of(language);
    Set<String> different = new HashSet<>();
    for (FieldValue value : mark.values()) {
      different.add(NormalText.of(value.text()));
      values++;
      int kind = KINDS.indexOf(ValueKind.shown(value.text(), locality));
      if (kind >= 0) {
        shown[kind]++;
      }
      if (value.spans().size() > 1) {
        inPieces++;
      }
    }
    if (different.size() > 1) {
      manyValued++;
    }
  }

  /**
   * Takes note of how long its values are: also of an annotation that corrects one that was
   * counted, since nothing longer than the longest is ever looked for.
   *
   * @param mark by pieces of tokens
   */
  void noteLengths(Mark mark) {
    for (FieldValue value : mark.values()) {
      Stream.concat(value.spans().stream(), value.candidates().stream())
          .forEach(span -> maxLength = Math.max(maxLength, span.end() - span.start()));
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

  /** The kind that two thirds of its values show, once there are a few. */
  ValueKind kind() {
    for (int k = 0; k < shown.length; k++) {
      if (values >= FEW_VALUES && shown[k] * 3 >= values * 2) {
        return KINDS.get(k);
      }
    }
    return ValueKind.TEXT;
  }

  /**
   * Its calibration as measured, with the threshold that suits how often it is absent: a miss and a
   * wrong value cost the same only where there may be none.
   *
   * @param common the calibration of all fields together
   */
  Calibration calibration(Calibration common) {
    Calibration measured = reliability.calibration(common);
    float absentShare = (float) absent / Math.max(1, documents());
    float threshold =
        singleValued()
            ? SINGLE_THRESHOLD
                + Math.max(absentShare, LEAST_CARE)
                    * Math.max(0, measured.threshold() - SINGLE_THRESHOLD)
            : Math.max(LEAST_MANY_THRESHOLD, measured.threshold());
    return new Calibration(measured.slope(), measured.offset(), threshold);
  }

  /** Part of the documents that spoke of it that do not have it, never quite 0 or 1. */
  float absentShare() {
    return (absent + 1f) / (documents() + 2f);
  }

  /** How many documents spoke of it. */
  int documents() {
    return present + absent;
  }

  /**
   * Takes over what annotations looked like to another learner of the same field, if more documents
   * spoke of it there; the longest value of either is the longest.
   */
  void take(Field other) {
    int longest = Math.max(maxLength, other.maxLength);
    if (other.documents() > documents()) {
      counts(other.counts(), 0);
      calibration = other.calibration;
      markedShare = other.markedShare;
      recognised = other.recognised;
      System.arraycopy(other.reliability.counts(), 0, reliability.counts(), 0, Reliability.NUMBERS);
    }
    maxLength = longest;
  }

  int[] counts() {
    int[] counts =
        Arrays.copyOf(new int[] {present, absent, manyValued, values, inPieces, maxLength}, COUNTS);
    System.arraycopy(shown, 0, counts, PLAIN_COUNTS, shown.length);
    return counts;
  }

  void counts(int[] from, int at) {
    present = from[at];
    absent = from[at + 1];
    manyValued = from[at + 2];
    values = from[at + 3];
    inPieces = from[at + 4];
    maxLength = from[at + 5];
    System.arraycopy(from, at + PLAIN_COUNTS, shown, 0, shown.length);
  }
}
