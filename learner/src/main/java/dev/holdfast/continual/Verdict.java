package dev.holdfast.continual;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.DocumentId;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the gate says of a version that would be published.
 *
 * @param outcome whether it may be
 * @param good number of the version that it was compared with, 0 when with none
 * @param compared how the two did on what is held back; empty when nothing was compared
 * @param fell where it lost too much; empty unless it is refused
 * @param putAside examples that are not learned because of that; empty unless it is refused
 * @param updates of the weights by learning the others again; 0 unless it is refused
 */
public record Verdict(
    Outcome outcome,
    long good,
    Optional<Compared> compared,
    List<Fall> fell,
    List<PutAside> putAside,
    long updates) {

  /** Whether a version may be published. */
  public enum Outcome {
    /** It may: too little is held back to judge it. */
    UNTESTED,
    /** It may: it has lost nothing that counts. */
    PASSED,
    /** It may, and is what later ones are compared with. */
    GOOD,
    /** It may not; the learner has gone back to the last good version. */
    REFUSED;

    /** Its stable name. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Two versions side by side on what is held back: on a sample of it, or on all when the one that
   * is judged seems to lose.
   *
   * @param documents that both have read, at least 1
   * @param values fields of them that people spoke of, at least 1
   * @param before micro F1 of the last good version, 0 to 1
   * @param after micro F1 of the version that is judged, 0 to 1
   * @param budget most F1 that may be lost on a type or a field of one, 0 to 1
   */
  public record Compared(int documents, int values, double before, double after, double budget) {
    public Compared {
      if (documents < 1 || values < 1) {
        throw new IllegalArgumentException(
            "expected documents and values to compare on, was %d and %d"
                .formatted(documents, values));
      }
    }
  }

  /**
   * Where a version lost too much.
   *
   * @param type of the documents
   * @param field of them; empty for all fields together
   * @param before F1 of the last good version there, 0 to 1
   * @param after F1 of the version that is judged, 0 to 1
   * @param worse fields of documents that it reads worse
   * @param better fields of documents that it reads better
   */
  public record Fall(
      String type, Optional<FieldName> field, double before, double after, int worse, int better) {
    public Fall {
      requireNonNull(type, "type is null");
      requireNonNull(field, "field is null");
    }
  }

  /**
   * An example that is not learned.
   *
   * @param document of it
   * @param annotator who said the latest of it; empty when not said
   */
  public record PutAside(DocumentId document, String annotator) {
    public PutAside {
      requireNonNull(document, "document is null");
      requireNonNull(annotator, "annotator is null");
    }

    static PutAside of(Example example) {
      return new PutAside(example.document().id(), HeldDocument.annotator(example));
    }
  }

  static Verdict untested() {
    return new Verdict(Outcome.UNTESTED, 0, Optional.empty(), List.of(), List.of(), 0);
  }

  static Verdict passed(Outcome how, long good, Optional<Compared> compared) {
    return new Verdict(how, good, compared, List.of(), List.of(), 0);
  }

  public Verdict {
    requireNonNull(outcome, "outcome is null");
    requireNonNull(compared, "compared is null");
    fell = List.copyOf(fell);
    putAside = List.copyOf(putAside);
  }

  /** Whether the version must not be published. */
  public boolean refused() {
    return outcome == Outcome.REFUSED;
  }
}
