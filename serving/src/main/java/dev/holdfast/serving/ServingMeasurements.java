package dev.holdfast.serving;

import dev.holdfast.document.CollectionName;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What serving measures, in {@link ServingMeters}. Thread-safe.
 *
 * <p>Only the first {@value #MAX_COLLECTIONS} collections have their version shown, so that tenants
 * cannot grow the registry without bound.
 */
final class ServingMeasurements {
  static final int MAX_COLLECTIONS = 100;

  /** Why a version was not taken. */
  enum Refused {
    /** It is not whole or not what its manifest says. */
    UNUSABLE,
    /** Its weights cannot be run. */
    UNLOADABLE,
    /** Nobody has signed its manifest who is trusted. */
    UNTRUSTED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final MeterRegistry registry;
  private final Counter transactions;
  private final Counter documents;
  private final Counter words;
  private final Timer extract;
  private final Timer documentToExtraction;
  private final Timer commit;
  private final Counter unreadable;
  private final Counter aborts;
  private final Timer swap;
  private final Timer learnToServe;
  private final InstantSource clock;
  private final Map<CollectionName, Shown> shown = new ConcurrentHashMap<>();

  private final Map<CollectionName, Long> newest = new ConcurrentHashMap<>();
  private final Set<CollectionName> pinned = ConcurrentHashMap.newKeySet();

  /** The version that serves a collection. */
  private record Shown(long version, Instant createdAt) {}

  ServingMeasurements(MeterRegistry registry, ServedModels models, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    transactions = ServingMeters.TRANSACTIONS.declared().counter(registry);
    documents = ServingMeters.DOCUMENTS.declared().counter(registry);
    words = ServingMeters.WORDS.declared().counter(registry);
    extract = ServingMeters.EXTRACT.declared().timer(registry);
    documentToExtraction = ServingMeters.DOCUMENT_TO_EXTRACTION.declared().timer(registry);
    commit = ServingMeters.COMMIT.declared().timer(registry);
    unreadable = ServingMeters.UNREADABLE.declared().counter(registry);
    aborts = ServingMeters.ABORTS.declared().counter(registry);
    swap = ServingMeters.SWAP.declared().timer(registry);
    learnToServe = ServingMeters.LEARN_TO_SERVE.declared().timer(registry);
    // From the start, so that the first of a kind shows as growth.
    for (Refused reason : Refused.values()) {
      ServingMeters.REFUSED.declared().counter(registry, reason.text());
    }
    ServingMeters.COLLECTIONS.declared().gauge(registry, () -> models.versions().size());
  }

  /** Starts a time that {@link #extracted}, {@link #committed} or {@link #swapped} ends. */
  Timer.Sample begin() {
    return Timer.start(registry);
  }

  void extracted(Timer.Sample sample) {
    sample.stop(extract);
  }

  void unreadable() {
    unreadable.increment();
  }

  /** One transaction has committed; the time began with the commit. */
  void committed(Timer.Sample sample) {
    sample.stop(commit);
    transactions.increment();
  }

  /** The extraction of one document has committed. */
  void committed(int wordCount, Duration sinceDocument) {
    documents.increment();
    words.increment(wordCount);
    documentToExtraction.record(sinceDocument);
  }

  void aborted() {
    aborts.increment();
  }

  /** A version came. */
  void arrived(ModelVersion version) {
    newest.merge(version.collection(), version.number(), Math::max);
  }

  /** Whether operators have pinned the version that serves. */
  void pinned(CollectionName collection, boolean now) {
    if (now) {
      pinned.add(collection);
    } else {
      pinned.remove(collection);
    }
  }

  /** A version serves that came before. */
  void swapped(Timer.Sample sample, Manifest serves) {
    sample.stop(swap);
    CollectionName collection = serves.version().collection();
    boolean first = !shown.containsKey(collection);
    if (first && shown.size() >= MAX_COLLECTIONS) {
      return;
    }
    shown.put(collection, new Shown(serves.version().number(), serves.createdAt()));
    if (first) {
      gauge(ServingMeters.VERSION, collection, Shown::version);
      gauge(ServingMeters.VERSION_AGE, collection, this::age);
      gauge(ServingMeters.BEHIND, collection, now -> newest.get(collection) - now.version());
      gauge(ServingMeters.PINNED, collection, now -> pinned.contains(collection) ? 1 : 0);
    }
  }

  private void gauge(
      ServingMeters meter, CollectionName collection, Function<Shown, Number> value) {
    meter.declared().gauge(registry, () -> value.apply(shown.get(collection)), collection.value());
  }

  private double age(Shown now) {
    return Duration.between(now.createdAt(), clock.instant()).toMillis() / 1e3;
  }

  void learned(Duration sinceAnnotation) {
    learnToServe.record(sinceAnnotation);
  }

  /** A version was not taken. */
  void refused(Refused reason) {
    ServingMeters.REFUSED.declared().counter(registry, reason.text()).increment();
  }
}
