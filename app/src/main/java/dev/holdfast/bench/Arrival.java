package dev.holdfast.bench;

import java.util.Locale;

/** How the documents of several sets come to learners. */
enum Arrival {
  /** Each set to a learner of its own, every document once and in order. */
  STREAM,
  /** Each set to a learner of its own, again and again until that helps no more. */
  JOINT,
  /** All sets to one learner, every document once, the sets in turn by chance. */
  MIXED;

  /** Its name on the command line and in reports. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
