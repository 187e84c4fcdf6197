package dev.holdfast.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the demo shows, as lines of at most 80 characters. No state.
 *
 * @param http address of the HTTP endpoint
 * @param kafka address of the broker
 * @param folder where everything is kept
 */
record DemoView(String http, String kafka, String folder) {
  private static final int BAR = 24;

  /**
   * The lines to show now.
   *
   * @param forgetting of each type, 0 to 1
   * @param seconds since the start
   */
  List<String> lines(ReplayProgress progress, Map<String, Double> forgetting, double seconds) {
    List<String> lines = new ArrayList<>();
    lines.add(summary(progress, seconds));
    lines.add("");
    lines.add("%-18s  %-24s  %5s  %10s".formatted("", "F1 of the last 50", "", "forgetting"));
    progress
        .scores()
        .latestByType()
        .forEach(
            (type, f1) ->
                lines.add(
                    "%-18.18s  %s  %5.3f  %10.3f"
                        .formatted(type, bar(f1), f1, forgetting.getOrDefault(type, 0.0))));
    progress
        .scores()
        .latest()
        .ifPresent(f1 -> lines.add("%-18s  %s  %5.3f".formatted("last 100", bar(f1), f1)));
    lines.add("");
    Latencies.Summary latency = progress.latencies();
    lines.add(
        "annotated to served   p50 %s   p95 %s"
            .formatted(millis(latency.p50()), millis(latency.p95())));
    lines.add("");
    lines.add("metrics   " + http + "/metrics");
    lines.add("HTTP API  " + http + "/v1/extract");
    lines.add("Kafka     " + kafka);
    lines.add("kept in   " + folder);
    lines.add("Ctrl-C ends it");
    return lines;
  }

  /** How far it is, in one line. */
  static String summary(ReplayProgress progress, double seconds) {
    return "Holdfast   %d documents   %d annotations   version %d   %.0f s"
        .formatted(progress.documents(), progress.annotations(), progress.newestVersion(), seconds);
  }

  private static String bar(double part) {
    int full = (int) Math.round(part * BAR);
    return "█".repeat(full) + "░".repeat(BAR - full);
  }

  private static String millis(Optional<Double> millis) {
    return millis.map("%.0f ms"::formatted).orElse("-");
  }
}
