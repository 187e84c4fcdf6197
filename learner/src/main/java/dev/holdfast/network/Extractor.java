package dev.holdfast.network;

import dev.holdfast.document.Document;

/**
 * One model version made ready to run.
 *
 * <p>Thread-safe; close it when its last user has left.
 */
public final class Extractor implements AutoCloseable {
  private final Weights weights;

  /** Loads the weights; the first one in a process also loads the native library. */
  public Extractor(Weights weights) {
    this.weights = weights;
  }

  /** Reads the fields of one document. Cost is linear in its tokens. */
  public Prediction extract(Document document) {
    if (weights.metadata().isEmpty()) {
      return Prediction.EMPTY;
    }
    throw new UnsupportedOperationException(
        "document " + document.id() + ": network not built yet");
  }

  /** The weights it runs. */
  public Weights weights() {
    return weights;
  }

  @Override
  public void close() {}
}
