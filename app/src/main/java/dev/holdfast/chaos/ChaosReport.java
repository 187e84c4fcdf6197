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
 * @param neverLearned examples that no round learned, be it that learning failed on them, and
 *     documents whose annotations are in none
 * @param digestMismatches versions that topics do not agree about, and of some that are made again
 *     from the log those that come out differently
 * @param notForgotten documents that were taken back and are not forgotten
 * @param ordersUnsettled what operators asked that was not seen to once, and versions that go on
 *     from another one than was asked for
 * @param refusalsUntold what the gate kept out and was not told once
 * @param rebuilt versions that were made again from the log
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
    long notForgotten,
    long ordersUnsettled,
    long refusalsUntold,
    long rebuilt,
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
            + notForgotten
            + ordersUnsettled
            + refusalsUntold
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
    out.writeNumberField("notForgotten", report.notForgotten);
    out.writeNumberField("ordersUnsettled", report.ordersUnsettled);
    out.writeNumberField("refusalsUntold", report.refusalsUntold);
    out.writeNumberField("rebuilt", report.rebuilt);
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
    digests that differ      %d, %d versions made again
    not forgotten            %d
    orders not seen to once  %d
    refusals not told once   %d
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
                rebuilt,
                notForgotten,
                ordersUnsettled,
                refusalsUntold,
                halfVersions,
                versionGaps,
                longestStallSeconds,
                seconds)
        + soak.map(of -> "\n" + of.text()).orElse("");
  }
}
