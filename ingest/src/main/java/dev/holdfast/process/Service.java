package dev.holdfast.process;

/**
 * One of the parts that run for as long as the process: ingest, learner, serving, monitoring.
 * Started once, closed once, never restarted: what breaks ends the process, and the next one
 * restores from the log.
 */
public interface Service extends AutoCloseable {

  /** Starts to work and returns; progress shows in {@link #health}. */
  void start();

  /** How it stands now. Safe from any thread. */
  Health health();

  /** Ends in good order: what is in hand is finished or given back. Safe to call twice. */
  @Override
  void close();
}
