package dev.holdfast.chaos;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.chaos.Trend.Sample;
import dev.holdfast.chaos.Trend.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an undisturbed run shows about memory and latency over time.
 *
 * @param trends resident megabytes of each process, then milliseconds from sent to extracted
 */
record Soak(List<Trend> trends) {
  /**
   * By which the services of a soak keep less than they would: whatever keeps a number of documents
   * has as many as it may have before measuring begins.
   */
  static final Map<String, String> BOUNDS =
      Map.of(
          "learner.learning.memory-documents", "100",
          "learner.learning.feature-numbers", "200000",
          "learner.gate.documents", "8",
          "learner.gate.held-back-share", ".2",
          "monitoring.predictions.max-documents", "1000",
          "monitoring.console.max-documents", "50");

  /** Share of its memory: a process that grows by this in twenty minutes doubles in half a day. */
  private static final double MEMORY_ALLOWED = .03;

  /** Share of the latency, which also tells what else the machine does. */
  private static final double LATENCY_ALLOWED = .25;

  /**
   * What was measured.
   *
   * @param megabytes by process
   * @param millis of documents
   * @param seconds that the run took
   */
  static Soak of(Map<String, List<Sample>> megabytes, List<Sample> millis, double seconds) {
    List<Trend> trends = new ArrayList<>();
    megabytes.forEach(
        (process, samples) ->
            trends.add(Trend.of(process + " MB", samples, seconds, .5, MEMORY_ALLOWED)));
    trends.add(Trend.of("extracted after ms, p50", millis, seconds, .5, LATENCY_ALLOWED));
    trends.add(Trend.of("extracted after ms, p95", millis, seconds, .95, LATENCY_ALLOWED));
    return new Soak(trends);
  }

  /** Whether all is flat. */
  boolean flat() {
    return trends.stream().allMatch(trend -> trend.verdict() == Verdict.FLAT);
  }

  /** Writes it as one array. */
  void write(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Trend trend : trends) {
      trend.write(out);
    }
    out.writeEndArray();
  }

  /** The same for people. */
  String text() {
    return trends.stream()
        .map(Trend::text)
        .collect(
            Collectors.joining(
                "\n", "%-24s %7s %7s %7s%n".formatted("", "start", "middle", "end"), ""));
  }
}
