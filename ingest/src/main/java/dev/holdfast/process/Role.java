package dev.holdfast.process;

import java.util.Locale;

/** What somebody who calls over HTTP may do. None of them includes another. */
public enum Role {
  /** See metrics, versions, the console with its documents. */
  READ,
  /** Have documents extracted, and send them in. */
  SUBMIT,
  /** Say what stands in documents. */
  ANNOTATE,
  /** Have documents forgotten. */
  OPERATE;

  /** As in settings, such as {@code read}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
