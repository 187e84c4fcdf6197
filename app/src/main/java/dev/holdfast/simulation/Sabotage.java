package dev.holdfast.simulation;

/** What is done wrong on purpose, to see whether it is found. */
enum Sabotage {
  /** Ingest commits its offsets before what came of them. */
  INGEST_LOSES("never"),
  /** The learner does. */
  LEARNER_LOSES("never learned"),
  /** Serving nodes do. */
  SERVING_LOSES("that never came"),
  /** Serving nodes commit theirs after what came of them, in a step of its own. */
  SERVING_REPEATS("that came again");

  private final String found;

  Sabotage(String found) {
    this.found = found;
  }

  /** Words of what is to be found. */
  String found() {
    return found;
  }
}
