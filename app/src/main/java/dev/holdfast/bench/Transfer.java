package dev.holdfast.bench;

import java.util.Locale;

/** What a learner may know before the first document of the target comes. */
enum Transfer {
  /** Nothing. */
  NONE(false, false),
  /** The language of all documents, those of the target to learn from among them. */
  PRETRAINED(true, false),
  /** The fields of the sources, one source after the other. */
  LEARNED(false, true),
  /** The language first, then the fields. */
  BOTH(true, true);

  final boolean language;
  final boolean fields;

  Transfer(boolean language, boolean fields) {
    this.language = language;
    this.fields = fields;
  }

  /** Its name on the command line and in reports. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
