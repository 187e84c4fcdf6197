package dev.holdfast.bench;

import dev.holdfast.drift.DriftDetector;

/**
 * A detector that looks at nothing: what a real one is held against.
 *
 * @param alarms at every one of the stream, or at none
 */
record Dummy<T>(boolean alarms) implements DriftDetector<T> {
  @Override
  public boolean add(T next) {
    return alarms;
  }

  @Override
  public double level() {
    return alarms ? 1 : 0;
  }

  @Override
  public void restart() {
    // It knows nothing that it could forget.
  }
}
