package dev.holdfast.monitoring;

import static dev.holdfast.monitoring.MonitoringMeters.BACKWARD_TRANSFER;
import static dev.holdfast.monitoring.MonitoringMeters.CALIBRATION_ERROR;
import static dev.holdfast.monitoring.MonitoringMeters.DRIFTING;
import static dev.holdfast.monitoring.MonitoringMeters.DRIFT_EVENTS;
import static dev.holdfast.monitoring.MonitoringMeters.DRIFT_LEVEL;
import static dev.holdfast.monitoring.MonitoringMeters.DROPPED;
import static dev.holdfast.monitoring.MonitoringMeters.ERRORS_RISEN;
import static dev.holdfast.monitoring.MonitoringMeters.ESTIMATED_F1;
import static dev.holdfast.monitoring.MonitoringMeters.EXAMPLES;
import static dev.holdfast.monitoring.MonitoringMeters.EXTRACTIONS;
import static dev.holdfast.monitoring.MonitoringMeters.F1;
import static dev.holdfast.monitoring.MonitoringMeters.FIELD_F1;
import static dev.holdfast.monitoring.MonitoringMeters.FIELD_PRECISION;
import static dev.holdfast.monitoring.MonitoringMeters.FIELD_RECALL;
import static dev.holdfast.monitoring.MonitoringMeters.LAG;
import static dev.holdfast.monitoring.MonitoringMeters.NEW_TYPES;
import static dev.holdfast.monitoring.MonitoringMeters.NEW_WORDS;
import static dev.holdfast.monitoring.MonitoringMeters.PRECISION;
import static dev.holdfast.monitoring.MonitoringMeters.READ;
import static dev.holdfast.monitoring.MonitoringMeters.RECALL;
import static dev.holdfast.monitoring.MonitoringMeters.REJECTED;
import static dev.holdfast.monitoring.MonitoringMeters.REPEATED;
import static dev.holdfast.monitoring.MonitoringMeters.STATEMENTS;
import static dev.holdfast.monitoring.MonitoringMeters.TYPE_F1;
import static dev.holdfast.monitoring.MonitoringMeters.TYPE_FORGETTING;
import static dev.holdfast.monitoring.MonitoringMeters.TYPE_PRECISION;
import static dev.holdfast.monitoring.MonitoringMeters.TYPE_RECALL;
import static dev.holdfast.monitoring.MonitoringMeters.TYPE_SCORED;
import static dev.holdfast.monitoring.MonitoringMeters.UNTRUSTED;
import static dev.holdfast.monitoring.MonitoringMeters.VERSION;
import static dev.holdfast.monitoring.MonitoringMeters.VERSIONS;
import static dev.holdfast.monitoring.MonitoringMeters.WATCHED;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Shows the latest snapshot as meters. A meter for a collection, type, field, topic or reason is
 * registered when that first appears in a snapshot.
 *
 * <p>{@link #show} is for one thread; the meters are read by any.
 */
final class Measurements {
  private final MeterRegistry registry;
  private final int maxCollections;
  private final Set<Object> registered = new HashSet<>();
  private final Set<String> collections = new HashSet<>();
  private final Timer read;
  private volatile Snapshot latest;

  private static final Agreement OF_COLLECTION = new Agreement(F1, PRECISION, RECALL);
  private static final Agreement OF_TYPE = new Agreement(TYPE_F1, TYPE_PRECISION, TYPE_RECALL);
  private static final Agreement OF_FIELD = new Agreement(FIELD_F1, FIELD_PRECISION, FIELD_RECALL);

  /** The meters that say how well predictions agree with what people say. */
  private record Agreement(
      MonitoringMeters f1, MonitoringMeters precision, MonitoringMeters recall) {}

  /** What a meter is for: one entry of one map of the snapshot. */
  private record Subject(MonitoringMeters meter, Object entry) {}

  Measurements(MeterRegistry registry, MonitoringSettings settings, Snapshot first) {
    this.registry = registry;
    this.maxCollections = settings.maxTagValues();
    this.read = READ.declared().timer(registry);
    this.latest = first;
    count(EXTRACTIONS, Scores.Counts::extractions);
    count(REPEATED, Scores.Counts::repeatedExtractions);
    count(EXAMPLES, Scores.Counts::examples);
    count(STATEMENTS, Scores.Counts::scored, "scored");
    count(STATEMENTS, Scores.Counts::learnedBefore, "learned-before");
    count(STATEMENTS, Scores.Counts::unverifiable, "unverifiable");
    count(WATCHED, Scores.Counts::watched);
    count(DROPPED, Scores.Counts::dropped);
    UNTRUSTED.declared().gauge(registry, () -> latest.untrusted());
    DRIFT_EVENTS.declared().gauge(registry, () -> latest.events());
  }

  private void count(
      MonitoringMeters meter, ToLongFunction<Scores.Counts> count, String... tagValues) {
    meter.declared().gauge(registry, () -> count.applyAsLong(latest.scores().counts()), tagValues);
  }

  Snapshot latest() {
    return latest;
  }

  /** What one poll brought was taken in, in so much time. */
  void read(Duration time) {
    read.record(time);
  }

  /** From now on the meters tell what {@code snapshot} says. */
  void show(Snapshot snapshot) {
    latest = snapshot;
    snapshot.lag().keySet().forEach(topic -> gauge(LAG, topic, now -> now.lag().get(topic), topic));
    for (String reason : snapshot.rejected().keySet()) {
      gauge(REJECTED, reason, now -> now.rejected().get(reason), reason);
    }
    snapshot.scores().versions().keySet().forEach(this::showVersions);
    for (Slice slice : snapshot.scores().collections().keySet()) {
      show(OF_COLLECTION, slice, now -> now.scores().collections().get(slice), slice.collection());
    }
    for (Slice slice : snapshot.scores().fields().keySet()) {
      show(
          OF_FIELD,
          slice,
          now -> now.scores().fields().get(slice),
          slice.collection(),
          slice.name());
    }
    snapshot.scores().types().keySet().forEach(this::showType);
    snapshot.drift().forEach(this::showDrift);
  }

  private void showDrift(String collection, DriftState state) {
    for (String signal : state.levels().keySet()) {
      gauge(
          DRIFT_LEVEL,
          List.of(collection, signal),
          now -> now.drift().get(collection).levels().get(signal),
          collection,
          signal);
    }
    Map<MonitoringMeters, ToDoubleFunction<DriftState>> numbers =
        Map.of(
            DRIFTING, drift -> drift.drifting() ? 1 : 0,
            ERRORS_RISEN, drift -> drift.errorsRisen() ? 1 : 0,
            NEW_TYPES, DriftState::newTypes,
            NEW_WORDS, DriftState::newWords,
            CALIBRATION_ERROR, DriftState::calibrationError,
            ESTIMATED_F1, DriftState::estimatedF1,
            BACKWARD_TRANSFER, DriftState::backwardTransfer);
    numbers.forEach(
        (meter, number) ->
            gauge(
                meter,
                collection,
                now -> number.applyAsDouble(now.drift().get(collection)),
                collection));
  }

  private void showVersions(String collection) {
    if (collections.size() < maxCollections) {
      collections.add(collection);
    }
    if (collections.contains(collection)) {
      Function<Snapshot, Scores.Versions> at = now -> now.scores().versions().get(collection);
      gauge(VERSIONS, collection, now -> at.apply(now).seen(), collection);
      gauge(VERSION, collection, now -> at.apply(now).newest(), collection);
    }
  }

  private void showType(Slice slice) {
    Function<Snapshot, PrequentialF1> at = now -> now.scores().types().get(slice);
    show(OF_TYPE, slice, at, slice.collection(), slice.name());
    gauge(TYPE_SCORED, slice, now -> at.apply(now).documents(), slice.collection(), slice.name());
    gauge(
        TYPE_FORGETTING,
        slice,
        now -> at.apply(now).forgetting(),
        slice.collection(),
        slice.name());
  }

  private void show(
      Agreement agreement, Slice slice, Function<Snapshot, PrequentialF1> at, String... of) {
    show(
        agreement.f1(), slice, at.andThen(f1 -> new Windows(f1.all(), f1.fading(), f1.last())), of);
    show(agreement.precision(), slice, at.andThen(PrequentialF1::precision), of);
    show(agreement.recall(), slice, at.andThen(PrequentialF1::recall), of);
  }

  private void show(
      MonitoringMeters meter, Slice slice, Function<Snapshot, Windows> at, String... of) {
    Map<String, ToDoubleFunction<Windows>> windows =
        Map.of("all", Windows::all, "fading", Windows::fading, "last", Windows::last);
    windows.forEach(
        (over, measure) -> {
          String[] values = Arrays.copyOf(of, of.length + 1);
          values[of.length] = over;
          gauge(meter, List.of(slice, over), now -> measure.applyAsDouble(at.apply(now)), values);
        });
  }

  /** Registers a meter for an entry of the snapshot, which never leaves it, unless it is there. */
  private void gauge(
      MonitoringMeters meter, Object entry, Function<Snapshot, Number> value, String... tags) {
    if (registered.add(new Subject(meter, entry))) {
      meter.declared().gauge(registry, () -> value.apply(latest), tags);
    }
  }
}
