package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What the detectors did, stream by stream. Not thread-safe. */
final class DriftReport {
  private static final int GOAL = 100;

  private final Map<String, Map<String, ? extends DriftTrial<?>>> streams = new LinkedHashMap<>();

  /** Adds the trials of a stream, by detector. */
  void add(String stream, Map<String, ? extends DriftTrial<?>> trials) {
    streams.put(stream, trials);
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, DriftReport report) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("results");
    for (var stream : report.streams.entrySet()) {
      for (var trial : stream.getValue().entrySet()) {
        write(out, stream.getKey(), trial.getKey(), trial.getValue());
      }
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String stream, String detector, DriftTrial<?> trial)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("stream", stream);
    out.writeStringField("detector", detector);
    out.writeNumberField("seen", trial.seen());
    Json.rounded(out, "falseAlarmsPer10000", Optional.of(trial.falseAlarmsPer10000()), 2);
    out.writeObjectFieldStart("changes");
    for (Map.Entry<String, DriftTrial.Changes> kind : trial.changes().entrySet()) {
      DriftTrial.Changes changes = kind.getValue();
      out.writeObjectFieldStart(kind.getKey());
      out.writeNumberField("count", changes.count());
      out.writeNumberField("detected", changes.detected());
      out.writeNumberField("within" + GOAL, changes.within(GOAL));
      Json.rounded(out, "medianDelay", changes.medianDelay().map(Integer::doubleValue), 0);
      out.writeEndObject();
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  /** The same for people: a line for each detector and kind of change. */
  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "stream", "detector", "false/10000", "change", "found", "within 100", "delay");
    streams.forEach(
        (stream, trials) ->
            trials.forEach(
                (detector, trial) ->
                    trial
                        .changes()
                        .forEach(
                            (kind, changes) ->
                                line(text, stream, detector, trial, kind, changes))));
    return text.toString();
  }

  private static void line(
      StringBuilder text,
      String stream,
      String detector,
      DriftTrial<?> trial,
      String kind,
      DriftTrial.Changes changes) {
    line(
        text,
        stream,
        detector,
        "%.2f".formatted(trial.falseAlarmsPer10000()),
        kind,
        "%d/%d".formatted(changes.detected(), changes.count()),
        "%d/%d".formatted(changes.within(GOAL), changes.count()),
        changes.medianDelay().map(Object::toString).orElse("-"));
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append("%-10s %-24s %12s  %-14s %8s %11s %7s%n".formatted(cells));
  }
}
