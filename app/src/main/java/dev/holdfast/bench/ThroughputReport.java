package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a node serves documents that wait in Kafka.
 *
 * @param documents that count, the second half
 * @param words of these
 * @param transactions that they were committed in
 * @param versions that were published meanwhile
 * @param modelBytes of a version
 * @param seconds that passed
 * @param profile seconds of the processor that serving took, by what it was at
 * @param extractionWordsPerSecond of extraction alone, for each second of one thread's processor
 */
record ThroughputReport(
    long documents,
    long words,
    long transactions,
    long versions,
    long modelBytes,
    double seconds,
    Map<ServingProfile.Work, Double> profile,
    double extractionWordsPerSecond) {

  private double processorSeconds() {
    return profile.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private double servingWordsPerSecond() {
    return words / processorSeconds();
  }

  private double share(ServingProfile.Work work) {
    return profile.get(work) / processorSeconds();
  }

  private double microsPerWord(ServingProfile.Work work) {
    return 1e6 * profile.get(work) / words;
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, ThroughputReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", report.documents);
    out.writeNumberField("words", report.words);
    out.writeNumberField("transactions", report.transactions);
    out.writeNumberField("versions", report.versions);
    out.writeNumberField("modelBytes", report.modelBytes);
    Json.rounded(out, "seconds", Optional.of(report.seconds), 2);
    Json.rounded(out, "wordsPerSecond", Optional.of(report.words / report.seconds), 0);
    Json.rounded(out, "servingWordsPerSecond", Optional.of(report.servingWordsPerSecond()), 0);
    Json.rounded(out, "extractionWordsPerSecond", Optional.of(report.extractionWordsPerSecond), 0);
    Map<String, Double> shares = new LinkedHashMap<>();
    report.profile.keySet().forEach(work -> shares.put(work.key(), report.share(work)));
    Json.rounded(out, "shares", shares, 4);
    out.writeEndObject();
  }

  /** The same for people. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d documents of %d words in %d transactions, %d versions of %.1f MB meanwhile%n"
            .formatted(documents, words, transactions, versions, modelBytes / 1e6));
    text.append(
        "%.0f words/s in %.1f s, %.0f for each second of the processor, %.0f by extraction alone%n"
            .formatted(
                words / seconds, seconds, servingWordsPerSecond(), extractionWordsPerSecond));
    profile.forEach(
        (work, spent) ->
            text.append(
                "  %-12s %5.1f %%  %6.2f µs a word%n"
                    .formatted(work.key(), 100 * share(work), microsPerWord(work))));
    return text.toString();
  }
}
