package dev.holdfast.process;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A meter as it is declared. Each service declares all of its meters in one enum and registers them
 * by these methods only; so {@code docs/metrics.md} is written from the declarations, and a
 * dashboard that asks for anything else fails a test.
 *
 * @param name in Micrometer's way, {@code holdfast.service.what}; Prometheus makes its own name of
 *     it
 * @param type what it does: {@link Meter.Type#COUNTER}, {@link Meter.Type#GAUGE} or {@link
 *     Meter.Type#TIMER}
 * @param unit of its value, in plural, such as {@code documents}; {@code seconds} for every timer;
 *     empty for a ratio
 * @param tags its tag keys, each with few values: never a document id
 * @param description one sentence for people
 */
public record DeclaredMeter(
    String name, Meter.Type type, String unit, List<String> tags, String description) {

  /** From a cached lookup to a stuck request, about three buckets a decade. */
  private static final Duration[] BUCKETS =
      millis(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 60_000);

  public DeclaredMeter {
    requireNonNull(type, "type is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(description, "description is null");
    tags = List.copyOf(tags);
    if (!name.matches("holdfast(\\.[a-z0-9]+)+")) {
      throw new IllegalArgumentException(
          "expected a meter name such as holdfast.ingest.documents, was \"" + name + "\"");
    }
  }

  /** A number that only grows. */
  public static DeclaredMeter counter(
      String name, String unit, String description, String... tags) {
    return new DeclaredMeter(name, Meter.Type.COUNTER, unit, List.of(tags), description);
  }

  /** A number as it is now. */
  public static DeclaredMeter gauge(String name, String unit, String description, String... tags) {
    return new DeclaredMeter(name, Meter.Type.GAUGE, unit, List.of(tags), description);
  }

  /** Durations, as a histogram of fixed buckets from a millisecond to a minute. */
  public static DeclaredMeter timer(String name, String description, String... tags) {
    return new DeclaredMeter(name, Meter.Type.TIMER, "seconds", List.of(tags), description);
  }

  /** This counter for the given tag values, in the order of {@link #tags}. */
  public Counter counter(MeterRegistry registry, String... values) {
    check(Meter.Type.COUNTER);
    return Counter.builder(name)
        .baseUnit(baseUnit())
        .description(description)
        .tags(tagged(values))
        .register(registry);
  }

  /**
   * This timer for the given tag values, in the order of {@link #tags}. Also fit for durations that
   * were measured elsewhere.
   */
  public Timer timer(MeterRegistry registry, String... values) {
    check(Meter.Type.TIMER);
    return Timer.builder(name)
        .description(description)
        .tags(tagged(values))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /**
   * This gauge for the given tag values, in the order of {@link #tags}. Registered again with the
   * same values, the first supplier stays.
   *
   * @param value asked at each scrape, by any thread; held strongly
   */
  public Gauge gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
    check(Meter.Type.GAUGE);
    return Gauge.builder(name, value)
        .baseUnit(baseUnit())
        .description(description)
        .tags(tagged(values))
        .register(registry);
  }

  /** Micrometer wants none at all rather than an empty one, which would end the name in '_'. */
  private String baseUnit() {
    return unit.isEmpty() ? null : unit;
  }

  private List<Tag> tagged(String... values) {
    if (values.length != tags.size()) {
      throw new IllegalArgumentException(
          "%s: expected values for the tags %s, was %d values"
              .formatted(name, tags, values.length));
    }
    List<Tag> tagged = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      tagged.add(Tag.of(tags.get(i), values[i]));
    }
    return tagged;
  }

  private void check(Meter.Type wanted) {
    if (type != wanted) {
      throw new IllegalStateException("%s: expected a %s, was a %s".formatted(name, wanted, type));
    }
  }

  private static Duration[] millis(long... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofMillis(values[i]);
    }
    return durations;
  }
}
