package dev.holdfast.bench;

import java.util.Locale;
import java.util.Map;

/** A way to learn a stream: settings of the learner and nothing else. */
enum Method {
  /** What was learned is neither rehearsed nor held. */
  NAIVE,
  /** Weights are held by the elastic step; no document is remembered. */
  EWC,
  /** Documents are remembered and rehearsed; weights are not held. */
  REPLAY,
  /** Both. */
  HOLDFAST,
  /** Everything at once, again and again: the bound that a stream is held against. */
  JOINT;

  private static final String MEMORY = "learner.learning.memory-documents";
  private static final String ALL = "1000000";
  private static final String LAMBDA = "learner.learning.elastic-lambda";

  /** Its name on the command line and in reports. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * What makes it this method.
   *
   * @param memory documents that those which remember may remember
   */
  Map<String, String> settings(int memory) {
    String documents = Integer.toString(memory);
    return switch (this) {
      case NAIVE -> Map.of(MEMORY, "0", LAMBDA, "0");
      case EWC -> Map.of(MEMORY, "0");
      case REPLAY -> Map.of(MEMORY, documents, LAMBDA, "0");
      case HOLDFAST -> Map.of(MEMORY, documents);
      case JOINT -> Map.of(MEMORY, ALL, LAMBDA, "0");
    };
  }
}
