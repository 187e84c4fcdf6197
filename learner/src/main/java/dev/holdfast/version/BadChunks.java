package dev.holdfast.version;

import static java.util.Objects.requireNonNull;

/** Chunks that do not make the bytes they were promised to make. */
public final class BadChunks extends Exception {
  private static final long serialVersionUID = 1;

  private final String expected;
  private final String found;

  /**
   * @param expected what was promised
   * @param found what came
   */
  public BadChunks(String expected, String found) {
    super("expected %s, found %s".formatted(expected, found));
    this.expected = requireNonNull(expected, "expected is null");
    this.found = requireNonNull(found, "found is null");
  }

  /** What was promised. */
  public String expected() {
    return expected;
  }

  /** What came. */
  public String found() {
    return found;
  }
}
