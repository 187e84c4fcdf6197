package dev.holdfast.console;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How F1 went over time, and which versions came meanwhile: a sample of both over all of it, and
 * the latest versions with what they learned.
 *
 * <p>Not thread-safe.
 */
final class QualityHistory {
  private static final int MAX_POINTS = 400;
  private static final int MAX_VERSIONS = 60;
  private static final int MAX_LEARNED = 8;

  private record Point(long atMillis, double f1) {}

  /** A version; {@code f1} over the last documents when it came, none before the first score. */
  private record Published(Manifest manifest, OptionalDouble f1) {}

  private final Thinned<Point> points = new Thinned<>(MAX_POINTS);
  private final Thinned<Manifest> published = new Thinned<>(MAX_POINTS);
  private final Deque<Published> versions = new ArrayDeque<>();
  private long latestMillis;
  private OptionalDouble latestF1 = OptionalDouble.empty();

  void scored(long atMillis, double f1) {
    // Partitions are read in no fixed order, a line over time is drawn from left to right.
    latestMillis = Math.max(latestMillis, atMillis);
    latestF1 = OptionalDouble.of(f1);
    points.add(new Point(latestMillis, f1));
  }

  void version(Manifest manifest) {
    published.add(manifest);
    versions.addLast(new Published(manifest, latestF1));
    if (versions.size() > MAX_VERSIONS) {
      versions.removeFirst();
    }
  }

  /** The members {@code history}, {@code published} and {@code versions}, each in their order. */
  void write(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("history");
    for (Point point : points.all()) {
      out.writeStartArray();
      out.writeNumber(point.atMillis);
      Numbers.write(out, point.f1);
      out.writeEndArray();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("published");
    for (Manifest manifest : published.all()) {
      long[] atAndNumber = {manifest.createdAt().toEpochMilli(), manifest.version().number()};
      out.writeArray(atAndNumber, 0, 2);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("versions");
    for (Published version : versions) {
      write(out, version);
    }
    out.writeEndArray();
  }

  private static void write(JsonGenerator out, Published version) throws IOException {
    Manifest manifest = version.manifest;
    out.writeStartObject();
    out.writeNumberField("number", manifest.version().number());
    out.writeNumberField("parent", manifest.parent());
    out.writeNumberField("at", manifest.createdAt().toEpochMilli());
    if (version.f1.isPresent()) {
      Numbers.field(out, "f1", version.f1.getAsDouble());
    }
    out.writeNumberField("examples", manifest.learned().size());
    out.writeArrayFieldStart("learned");
    for (LearnedExample example : manifest.learned().stream().limit(MAX_LEARNED).toList()) {
      out.writeString(example.document().value());
    }
    out.writeEndArray();
    out.writeEndObject();
  }
}
