package dev.holdfast.drift;

/**
 * Watches a stream and alarms when it is no longer what it was. The same stream gives the same
 * alarms.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what the stream is of
 */
public interface DriftDetector<T> {

  /**
   * Takes in the next one.
   *
   * @return whether it alarms now
   */
  boolean add(T next);

  /**
   * How far the stream was from what it has been when it was last looked at, as a share of what it
   * takes to alarm: 0 is as ever, 1 or more alarms.
   */
  double level();

  /** Forgets everything: what comes next is what all that follows is held against. */
  void restart();
}
