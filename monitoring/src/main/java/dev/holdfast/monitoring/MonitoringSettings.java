package dev.holdfast.monitoring;

import static java.util.Objects.requireNonNull;

import dev.holdfast.console.ConsoleSettings;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.version.ManifestTrust;
import java.time.Duration;

/**
 * How monitoring scores and what it keeps.
 *
 * @param maxDocuments predictions kept for annotations to come; the oldest go first, about a
 *     kilobyte each
 * @param fadingFactor weight of the past at each scored document: .999 forgets half in 693
 * @param windowDocuments scored documents that "last" means
 * @param minDocuments scored documents before a type's best counts for its forgetting, at most the
 *     window; fewer and a lucky start looks like a loss later
 * @param maxTagValues collections, types or fields with meters of their own; the rest share "other"
 * @param settledExamples examples learned after drift has shown before what came is held to be
 *     usual
 * @param maxAhead how far reading may run ahead in one partition of the slowest other one while the
 *     log is read again from its start; what is ahead waits in memory
 * @param console what the console keeps
 * @param trust whose model versions count
 */
public record MonitoringSettings(
    int maxDocuments,
    double fadingFactor,
    int windowDocuments,
    int minDocuments,
    int maxTagValues,
    int settledExamples,
    Duration maxAhead,
    ConsoleSettings console,
    ManifestTrust trust) {

  /** Of versions signed or not. */
  public MonitoringSettings(
      int maxDocuments,
      double fadingFactor,
      int windowDocuments,
      int minDocuments,
      int maxTagValues,
      int settledExamples,
      Duration maxAhead,
      ConsoleSettings console) {
    this(
        maxDocuments,
        fadingFactor,
        windowDocuments,
        minDocuments,
        maxTagValues,
        settledExamples,
        maxAhead,
        console,
        ManifestTrust.ANY);
  }

  public static final MonitoringSettings DEFAULT =
      new MonitoringSettings(
          100_000, 0.999, 100, 30, 100, 50, Duration.ofSeconds(60), ConsoleSettings.DEFAULT);

  public MonitoringSettings {
    requireNonNull(console, "console is null");
    if (maxDocuments < 1
        || !(fadingFactor > 0 && fadingFactor <= 1)
        || minDocuments < 1
        || minDocuments > windowDocuments
        || maxTagValues < 1
        || settledExamples < 1
        || maxAhead.isNegative()) {
      throw new IllegalArgumentException(
          "expected counts >= 1, 0 < fadingFactor <= 1, minDocuments <= windowDocuments and maxAhead >= 0, was maxDocuments=%d fadingFactor=%s windowDocuments=%d minDocuments=%d maxTagValues=%d settledExamples=%d maxAhead=%s"
              .formatted(
                  maxDocuments,
                  fadingFactor,
                  windowDocuments,
                  minDocuments,
                  maxTagValues,
                  settledExamples,
                  maxAhead));
    }
  }

  /** Reads the settings below {@code monitoring.}; problems are left with the reader. */
  public static MonitoringSettings from(SettingsReader reader) {
    int window = reader.integer("window.documents", DEFAULT.windowDocuments, 1, 1_000_000);
    int enough = reader.integer("forgetting.min-documents", DEFAULT.minDocuments, 1, 1_000_000);
    if (enough > window) {
      reader.problem(
          "forgetting.min-documents",
          "at most window.documents, " + window,
          Integer.toString(enough));
      enough = window;
    }
    return new MonitoringSettings(
        reader.integer("predictions.max-documents", DEFAULT.maxDocuments, 1, 100_000_000),
        reader.number("fading.factor", DEFAULT.fadingFactor, 0.5, 1),
        window,
        enough,
        reader.integer("tags.max-values", DEFAULT.maxTagValues, 1, 10_000),
        reader.integer("drift.settled-examples", DEFAULT.settledExamples, 1, 1_000_000),
        Duration.ofSeconds(
            reader.integer(
                "replay.max-ahead-seconds", (int) DEFAULT.maxAhead.toSeconds(), 0, 86_400)),
        ConsoleSettings.from(reader),
        ManifestTrust.from(reader));
  }
}
