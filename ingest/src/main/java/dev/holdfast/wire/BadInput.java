package dev.holdfast.wire;

import static java.util.Objects.requireNonNull;

/**
 * A message from outside that breaks the contract: what was expected, what was found, and where in
 * the message.
 *
 * <p>Never carries document text: {@code found} names types, lengths and numbers only.
 */
public final class BadInput extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /**
   * @param path where in the message, as in {@code $.tokens[3].box}
   * @param expected what the contract says
   * @param found what is there instead, without its text
   */
  public BadInput(Reason reason, String path, String expected, String found) {
    super("expected %s at %s, found %s".formatted(expected, path, found));
    this.reason = requireNonNull(reason, "reason is null");
  }

  /** The machine-readable kind of fault. */
  public Reason reason() {
    return reason;
  }
}
