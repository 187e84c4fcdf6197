package dev.holdfast.simulation;

/** What is done wrong on purpose, to see whether it is found. */
enum Sabotage {
  /** Ingest commits its offsets before what came of them. */
  INGEST,
  /** The learner does. */
  LEARNER,
  /** Serving nodes do. */
  SERVING
}
