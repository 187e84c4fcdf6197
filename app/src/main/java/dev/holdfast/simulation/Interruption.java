package dev.holdfast.simulation;

/** Comes between any two steps of a client; what it throws ends the step there. */
@FunctionalInterface
interface Interruption {
  /** One that disturbs nobody. */
  Interruption NONE = moment -> {};

  /** What a client is about to do, or has done. */
  enum Moment {
    POLL,
    BEGIN,
    SEND,
    OFFSETS,
    COMMIT,
    COMMITTED
  }

  void at(Moment moment);

  /** The end of a process by kill -9; no error handling sees it. */
  final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }
}
