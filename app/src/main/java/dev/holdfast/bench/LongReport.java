package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.bench.LongRun.Point;
import dev.holdfast.command.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What became of learners over a long stream, by how strongly they are pulled to their first
 * weights.
 *
 * @param runs at least one
 */
record LongReport(List<LongRun> runs) {
  private static final int DECIMALS = 4;

  LongReport {
    runs = List.copyOf(runs);
  }

  private static Spread spread(List<Point> points, ToDoubleFunction<Point> of) {
    return Spread.of(points.stream().map(of::applyAsDouble).toList());
  }

  /** Writes it as one object. */
  static void write(JsonGenerator out, LongReport report) throws IOException {
    out.writeStartObject();
    out.writeNumberField("segments", report.runs.get(0).points().size());
    out.writeArrayFieldStart("runs");
    for (LongRun run : report.runs) {
      write(out, run);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, LongRun run) throws IOException {
    Point last = run.points().get(run.points().size() - 1);
    Spread advantage = spread(run.fresh(), Point::advantage);
    out.writeStartObject();
    out.writeNumberField("startPull", run.startPull());
    rounded(out, "freshF1", spread(run.fresh(), Point::f1).mean());
    rounded(out, "freshF1Sd", spread(run.fresh(), Point::f1).deviation());
    rounded(out, "newbornF1", spread(run.fresh(), p -> p.newborn().orElseThrow()).mean());
    rounded(out, "advantage", advantage.mean());
    rounded(out, "advantageSd", advantage.deviation());
    rounded(out, "advantagePer100Segments", run.plasticity().slope());
    rounded(out, "advantagePer100SegmentsError", run.plasticity().error());
    rounded(out, "knownF1", spread(run.known(), Point::f1).mean());
    rounded(out, "stepTimeRatio", run.stepTimeRatio());
    out.writeNumberField("modelBytes", last.modelBytes());
    out.writeNumberField("modelBytesPerFreshSegment", Math.round(run.growth(true)));
    out.writeNumberField("modelBytesPerKnownSegment", Math.round(run.growth(false)));
    out.writeNumberField("stateBytes", last.stateBytes());
    out.writeNumberField("heapBytes", last.heapBytes());
    out.writeNumberField("remembered", last.remembered());
    out.writeArrayFieldStart("points");
    for (Point point : run.points()) {
      write(out, point);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, Point point) throws IOException {
    out.writeStartObject();
    out.writeNumberField("segment", point.number());
    out.writeStringField("type", point.type());
    out.writeBooleanField("fresh", point.fresh());
    rounded(out, "f1", point.f1());
    if (point.fresh()) {
      rounded(out, "newbornF1", point.newborn().orElseThrow());
    }
    out.writeNumberField("updates", point.updates());
    rounded(out, "millisPerUpdate", point.millisPerUpdate());
    out.writeNumberField("modelBytes", point.modelBytes());
    out.writeNumberField("stateBytes", point.stateBytes());
    out.writeNumberField("heapBytes", point.heapBytes());
    out.writeNumberField("remembered", point.remembered());
    out.writeEndObject();
  }

  private static void rounded(JsonGenerator out, String key, double number) throws IOException {
    Json.rounded(out, key, Optional.of(number), DECIMALS);
  }

  /** The same for people, a few lines for each learner. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (LongRun run : runs) {
      Point last = run.points().get(run.points().size() - 1);
      OptionalDouble newborn =
          run.fresh().stream().mapToDouble(p -> p.newborn().orElseThrow()).average();
      text.append(
          """
          pull to the start %s
            new types   F1 %.3f, of a newborn learner %.3f; advantage %+.3f ± %.3f, %+.3f ± %.3f in 100 segments
            known types F1 %.3f
            an update takes %.2f times as long late as early
            version %.2f MB, %+.0f bytes with a new type, %+.0f with a known one; state %.1f MB; heap %.0f MB; %d documents remembered
          """
              .formatted(
                  run.startPull(),
                  spread(run.fresh(), Point::f1).mean(),
                  newborn.orElseThrow(),
                  spread(run.fresh(), Point::advantage).mean(),
                  spread(run.fresh(), Point::advantage).deviation(),
                  run.plasticity().slope(),
                  run.plasticity().error(),
                  spread(run.known(), Point::f1).mean(),
                  run.stepTimeRatio(),
                  last.modelBytes() / 1e6,
                  run.growth(true),
                  run.growth(false),
                  last.stateBytes() / 1e6,
                  last.heapBytes() / 1e6,
                  last.remembered()));
    }
    return text.toString();
  }
}
