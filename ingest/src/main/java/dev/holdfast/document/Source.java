package dev.holdfast.document;

import java.util.Locale;

/**
 * Where an annotation comes from, as its sender says: {@code human}, {@code import}, or anything
 * else.
 *
 * @param name lower case; empty when the sender did not say
 */
public record Source(String name) {
  static final int MAX_LENGTH = 50;

  /** A person said so. */
  public static final Source HUMAN = new Source("human");

  /** Taken over from a collection that people labelled. */
  public static final Source IMPORT = new Source("import");

  public Source {
    name = name.toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it may be learned from: only people teach, directly or by what they labelled before.
   */
  public boolean teaches() {
    return equals(HUMAN) || equals(IMPORT);
  }
}
