package dev.holdfast.serving;

import dev.holdfast.document.CollectionName;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelAssembler;
import dev.holdfast.version.ModelKey;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads model versions and makes the newest whole one of each collection the one that serves: put
 * together, checked against its digest, loaded, warmed up, swapped. A version that fails on this
 * way is refused, and the one before goes on.
 *
 * <p>Owned by one thread; only {@link #wakeup} may come from another.
 */
final class ModelFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelFollower.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  /** The newest, and the one before it should the newest not load. */
  private static final int CANDIDATES = 2;

  private final Consumer<ModelKey, byte[]> consumer;
  private final ModelAssembler assembler;
  private final ServedModels models;
  private final Loader loader;
  private final ServingMeasurements measurements;
  private final InstantSource clock;
  private final Map<CollectionName, Waiting> waiting = new HashMap<>();
  private final Map<ModelVersion, Arrival.Unusable> unusable = new LinkedHashMap<>();

  /** Makes a version ready to run. */
  @FunctionalInterface
  interface Loader {
    /**
     * Loads weights and warms them up.
     *
     * @throws RuntimeException when they cannot be run
     */
    ServedModel load(long version, String digest, Weights weights);
  }

  /**
   * What has come of one collection since its last swap.
   *
   * @param candidates whole versions by number
   * @param manifests of them and of those that they overtook, by number
   */
  private record Waiting(
      NavigableMap<Long, Arrival.Complete> candidates, NavigableMap<Long, Manifest> manifests) {
    Waiting() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    void add(Arrival.Complete version) {
      long number = version.version().number();
      candidates.put(number, version);
      manifests.put(number, version.manifest());
      if (candidates.size() > CANDIDATES) {
        candidates.pollFirstEntry();
      }
    }
  }

  /**
   * @param consumer read_committed, of no group
   */
  ModelFollower(
      Consumer<ModelKey, byte[]> consumer,
      ModelAssembler assembler,
      ServedModels models,
      Loader loader,
      ServingMeasurements measurements,
      InstantSource clock) {
    this.consumer = consumer;
    this.assembler = assembler;
    this.models = models;
    this.loader = loader;
    this.measurements = measurements;
    this.clock = clock;
  }

  /**
   * Reads everything that is there now, and only then loads the newest version of each collection.
   *
   * @param wait longest time of one poll
   * @throws IllegalStateException when the topic does not exist
   */
  void catchUp(Duration wait) {
    String topic = ModelTopics.MODELS.name();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("expected a topic %s, found none".formatted(topic));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      take(consumer.poll(wait));
    }
    waiting.values().forEach(w -> w.manifests().clear());
    serveNewest();
    log.info("versions of {} collections serve after the first read", models.versions().size());
  }

  /** Waits for news, no longer than {@code wait}, and serves the newest versions that it brings. */
  void followNext(Duration wait) {
    ConsumerRecords<ModelKey, byte[]> records = consumer.poll(wait);
    if (!records.isEmpty()) {
      take(records);
      serveNewest();
    }
  }

  private void take(ConsumerRecords<ModelKey, byte[]> records) {
    for (ConsumerRecord<ModelKey, byte[]> record : records) {
      assembler.accept(record.key(), record.value()).ifPresent(this::take);
    }
  }

  private void take(Arrival arrival) {
    CollectionName collection = arrival.version().collection();
    if (arrival instanceof Arrival.Complete complete) {
      waiting.computeIfAbsent(collection, c -> new Waiting()).add(complete);
    } else if (arrival instanceof Arrival.Unusable bad) {
      unusable.put(bad.version(), bad);
    } else if (arrival instanceof Arrival.Withdrawn withdrawn) {
      unusable.remove(withdrawn.version());
      Waiting of = waiting.get(collection);
      if (of != null) {
        of.candidates().remove(withdrawn.version().number());
      }
    } else {
      throw new AssertionError(arrival);
    }
  }

  private void serveNewest() {
    unusable.values().forEach(bad -> refuse(bad.version(), "unusable", bad.toString(), null));
    unusable.clear();
    waiting.values().forEach(this::serveNewest);
    // Manifests stay until a version serves that has learned what they name.
    waiting.values().removeIf(w -> w.manifests().isEmpty());
  }

  private void serveNewest(Waiting of) {
    for (Arrival.Complete version : of.candidates().descendingMap().values()) {
      if (serve(version)) {
        NavigableMap<Long, Manifest> served =
            of.manifests().headMap(version.version().number(), true);
        served.values().forEach(this::measure);
        served.clear();
        break;
      }
    }
    of.candidates().clear();
  }

  private boolean serve(Arrival.Complete version) {
    ModelVersion name = version.version();
    String digest = version.manifest().digest().text();
    Timer.Sample sample = measurements.begin();
    ServedModel model;
    try {
      model = loader.load(name.number(), digest, version.weights());
    } catch (RuntimeException e) {
      refuse(name, "unloadable", "expected weights that can be run", e);
      return false;
    }
    models.replace(name.collection(), model);
    measurements.swapped(sample, name.collection(), name.number());
    log.info("version {} serves, {} parameters", name, version.weights().parameters());
    return true;
  }

  private void refuse(ModelVersion version, String reason, String detail, RuntimeException cause) {
    measurements.refused(reason);
    log.error("version {} refused, the one before goes on serving: {}", version, detail, cause);
  }

  private void measure(Manifest manifest) {
    for (LearnedExample example : manifest.learned()) {
      Duration since = Duration.between(example.annotatedAt(), clock.instant());
      measurements.learned(since.isNegative() ? Duration.ZERO : since);
    }
  }

  /** Ends a wait for news; safe from any thread. */
  void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
