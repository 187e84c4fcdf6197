package dev.holdfast.chaos;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who talks to the brokers; each has a listener of its own, so that each can be cut off alone. */
enum Party {
  INGEST(256),
  LEARNER(384),
  SERVING(320),
  MONITORING(256),
  /** Whoever sends documents and annotations. */
  SENDER(0);

  /** Those that are services, each a process. */
  static final List<Party> SERVICES = List.of(INGEST, LEARNER, SERVING, MONITORING);

  /**
   * By which the learner of a fault run learns: a good part of it must have been learned between
   * two faults, and checkpoints must lie between them.
   */
  static final Map<String, String> LEARNING =
      Map.of(
          "learner.rehearsal.max-helpings", "20",
          "learner.learning.youth-rehearsals", "50",
          "learner.checkpoint.every-rounds", "10",
          "learner.checkpoint.idle-millis", "5000");

  private final int heapMegabytes;

  Party(int heapMegabytes) {
    this.heapMegabytes = heapMegabytes;
  }

  /** As on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The most that its JVM may keep on the heap. */
  int heapMegabytes() {
    return heapMegabytes;
  }
}
