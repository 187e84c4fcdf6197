package dev.holdfast.monitoring;

import dev.holdfast.monitoring.DriftEvent.Changes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Events of drift in words. */
final class DriftSummary {
  private static final double WORTH_TELLING = .05;

  private DriftSummary() {}

  static String ofDocuments(Changes changes) {
    List<String> parts = new ArrayList<>();
    changes
        .newTypes()
        .forEach(
            (type, share) ->
                parts.add("%s of them are of the new type %s".formatted(percent(share), type)));
    if (changes.newWords() >= WORTH_TELLING) {
      parts.add("%s of their words are new".formatted(percent(changes.newWords())));
    }
    changes.fields().entrySet().stream()
        .limit(3)
        .forEach(
            field ->
                parts.add(
                    "confidence in %s fell from %s to %s"
                        .formatted(
                            field.getKey(),
                            percent(field.getValue().before()),
                            percent(field.getValue().now()))));
    return parts.isEmpty()
        ? "The latest documents are not like those before."
        : "The latest documents are not like those before: " + String.join(", ", parts) + ".";
  }

  static String ofErrors(Changes changes) {
    return "Extraction got worse: its error rose from %s to %s."
        .formatted(percent(changes.error().before()), percent(changes.error().now()));
  }

  static String ofForgetting(String type, PrequentialF1 f1) {
    return "%s is extracted worse than before: F1 %s, once %s."
        .formatted(type, percent(f1.last()), percent(f1.best()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
