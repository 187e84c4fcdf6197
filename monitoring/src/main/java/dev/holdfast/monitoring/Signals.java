package dev.holdfast.monitoring;

import dev.holdfast.drift.UnlabelledDrift;
import java.util.Locale;

/** What messages and meters call the signals of drift. */
final class Signals {
  /** Errors of predictions. */
  static final String ERRORS = "errors";

  private Signals() {}

  static String text(UnlabelledDrift.Signal signal) {
    return signal.name().toLowerCase(Locale.ROOT);
  }
}
