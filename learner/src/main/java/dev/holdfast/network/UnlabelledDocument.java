package dev.holdfast.network;

/**
 * A document made ready to learn its language from, whatever is known of its fields.
 *
 * <p>Belongs to the {@link Network} that made it.
 */
public final class UnlabelledDocument {
  final Features features;

  UnlabelledDocument(Features features) {
    this.features = features;
  }

  /** Its length in tokens. */
  public int tokens() {
    return features.tokens;
  }
}
