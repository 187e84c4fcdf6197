package dev.holdfast.chaos;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.Optional;

/**
 * What a run came to.
 *
 * @param documents sent
 * @param annotations sent
 * @param kills processes that were killed
 * @param lost extractions that never came, one for each document and content
 * @param duplicated extractions that came again
 * @param learnedTwice examples that more than one round learned
 * @param neverLearned examples that no round learned, and documents whose annotations are in none
 * @param digestMismatches versions that topics do not agree about, and of some that are made again
 *     from the log those that come out differently
 * @param halfVersions versions that could not be put together
 * @param versionGaps version numbers that are missing or came twice
 * @param longestStallSeconds longest time in which nothing came although something was due
 * @param seconds from the first document to the last thing that came
 * @param soak how memory and latency went, when nothing was disturbed
 */
record ChaosReport(
    long documents,
    long annotations,
    long kills,
    long lost,
    long duplicated,
    long learnedTwice,
    long neverLearned,
    long digestMismatches,
    long halfVersions,
    long versionGaps,
    double longestStallSeconds,
    double seconds,
    Optional<Soak> soak) {

  /** Whether nothing was lost, repeated or different, and memory and latency were flat. */
  boolean clean() {
    long wrong =
        lost
            + duplicated
            + learnedTwice
            + neverLearned
            + digestMismatches
            + halfVersions
            + versionGaps;
    return wrong == 0 && soak.map(Soak::flat).orElse(true);
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, ChaosReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("documents", report.documents);
    out.writeNumberField("annotations", report.annotations);
    out.writeNumberField("kills", report.kills);
    out.writeNumberField("lost", report.lost);
    out.writeNumberField("duplicated", report.duplicated);
    out.writeNumberField("learnedTwice", report.learnedTwice);
    out.writeNumberField("neverLearned", report.neverLearned);
    out.writeNumberField("digestMismatches", report.digestMismatches);
    out.writeNumberField("halfVersions", report.halfVersions);
    out.writeNumberField("versionGaps", report.versionGaps);
    Json.rounded(out, "longestStallSeconds", Optional.of(report.longestStallSeconds), 1);
    Json.rounded(out, "seconds", Optional.of(report.seconds), 1);
    if (report.soak.isPresent()) {
      out.writeFieldName("soak");
      report.soak.get().write(out);
    }
    out.writeEndObject();
  }

  /** The same for people. */
  String text() {
    return """
    documents, annotations   %d, %d
    kills                    %d
    lost, duplicated         %d, %d
    learned twice, never     %d, %d
    digests that differ      %d
    half versions, gaps      %d, %d
    longest stall            %.1f s
    seconds                  %.1f\
    """
            .formatted(
                documents,
                annotations,
                kills,
                lost,
                duplicated,
                learnedTwice,
                neverLearned,
                digestMismatches,
                halfVersions,
                versionGaps,
                longestStallSeconds,
                seconds)
        + soak.map(of -> "\n" + of.text()).orElse("");
  }
}
