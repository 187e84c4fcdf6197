package dev.holdfast.wire;

import java.util.Locale;

/**
 * Why a message was refused. The code is what appears in headers, metrics and HTTP answers; codes
 * never change meaning.
 */
public enum Reason {
  /** Not JSON at all, or not one JSON value. */
  NOT_JSON,
  /** A value of another JSON type than the contract says. */
  WRONG_TYPE,
  /** A key that must be there is not. */
  MISSING_KEY,
  /** A number, text or id outside what is allowed. */
  BAD_VALUE,
  /**
   * A box that is not {@code [x0, y0, x1, y1]} in thousandths of its page with x0 ≤ x1 and y0 ≤ y1.
   */
  BAD_BOX,
  /** A token on a page, or a span over tokens, that the document does not have. */
  BAD_SPAN,
  /** More bytes, tokens, pages, fields, values or characters than the limits allow. */
  TOO_LARGE,
  /** An annotation whose document did not come in time, or one too many that waits for it. */
  UNKNOWN_DOCUMENT,
  /** An example that the learner failed on, so that it learned the others without it. */
  UNLEARNABLE,
  /** What an operator asks of a version that is not kept. */
  UNKNOWN_VERSION,
  /** What an operator asks of an annotator whom no version was refused for. */
  UNKNOWN_ANNOTATOR,
  /** A collection that has learned by itself and is to begin with what another one knows. */
  ALREADY_BEGUN,
  /** What a collection is to take in and what would cost it more than its gate allows. */
  WOULD_LOSE;

  /** The stable code, such as {@code bad_box}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
