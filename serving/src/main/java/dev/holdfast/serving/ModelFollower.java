package dev.holdfast.serving;

import dev.holdfast.control.ControlMessage;
import dev.holdfast.control.ControlTopics;
import dev.holdfast.document.CollectionName;
import dev.holdfast.serving.ServingMeasurements.Refused;
import dev.holdfast.version.Arrival;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads model versions and what operators ask, and makes the {@link VersionChoice} of each
 * collection the one that serves: put together, checked against its digest, loaded, warmed up,
 * swapped. A version that fails on this way is refused, and the one before goes on.
 *
 * <p>Owned by one thread; only {@link #wakeup} may come from another.
 */
final class ModelFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelFollower.class);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Consumer<byte[], byte[]> consumer;
  private final VersionReader reader;
  private final ServedModels models;
  private final ServedModel.Loader loader;
  private final ServingMeasurements measurements;
  private final InstantSource clock;
  private final Map<CollectionName, Followed> followed = new HashMap<>();
  private final Set<CollectionName> changed = new TreeSet<>();
  private final Map<ModelVersion, Arrival.Unusable> unusable = new LinkedHashMap<>();

  /**
   * What is known of one collection.
   *
   * @param choice of what is to serve
   * @param arrived the newest whole version since the last swap, by its number; at most one
   * @param manifests of versions that have come since the one that serves, by number
   */
  private record Followed(
      VersionChoice choice,
      NavigableMap<Long, Arrival.Complete> arrived,
      NavigableMap<Long, Manifest> manifests) {
    Followed() {
      this(new VersionChoice(), new TreeMap<>(), new TreeMap<>());
    }

    void add(Arrival.Complete version) {
      long number = version.version().number();
      long obeyed = version.manifest().obeyed();
      choice.add(number, obeyed);
      if (choice.follows(obeyed)) {
        arrived.clear();
        arrived.put(number, version);
        manifests.put(number, version.manifest());
      }
    }
  }

  /**
   * @param consumer read_committed, of no group
   * @param reader of the same consumer
   */
  ModelFollower(
      Consumer<byte[], byte[]> consumer,
      VersionReader reader,
      ServedModels models,
      ServedModel.Loader loader,
      ServingMeasurements measurements,
      InstantSource clock) {
    this.consumer = consumer;
    this.reader = reader;
    this.models = models;
    this.loader = loader;
    this.measurements = measurements;
    this.clock = clock;
  }

  /**
   * Reads everything that is there now, and only then loads a version of each collection.
   *
   * @param wait longest time of one poll
   * @throws IllegalStateException when one of the topics does not exist
   */
  void catchUp(Duration wait) {
    List<TopicPartition> partitions = new ArrayList<>();
    partitions.addAll(partitions(ModelTopics.MODELS.name()));
    partitions.addAll(partitions(ControlTopics.CONTROL.name()));
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      take(consumer.poll(wait));
    }
    followed.values().forEach(of -> of.manifests().clear());
    serveChanged();
    log.info("versions of {} collections serve after the first read", models.versions().size());
  }

  private List<TopicPartition> partitions(String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(partition -> new TopicPartition(topic, partition.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("expected a topic %s, found none".formatted(topic));
    }
    return partitions;
  }

  /** Waits for news, no longer than {@code wait}, and serves what they say. */
  void followNext(Duration wait) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
    if (!records.isEmpty()) {
      take(records);
      serveChanged();
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(ControlTopics.CONTROL.name())) {
        take(ControlMessage.of(record));
      } else {
        reader.accept(record).ifPresent(this::take);
      }
    }
  }

  /** Bad messages are for the learner to reject. */
  private void take(ControlMessage message) {
    if (message.collection().isPresent() && message.control().isPresent()) {
      CollectionName collection = message.collection().get();
      of(collection).choice().ask(message.offset(), message.control().get());
      changed.add(collection);
      log.info("collection {}: {} is asked", collection, message.control().get());
    }
  }

  private void take(Arrival arrival) {
    CollectionName collection = arrival.version().collection();
    long number = arrival.version().number();
    if (arrival instanceof Arrival.Complete complete) {
      of(collection).add(complete);
      changed.add(collection);
      measurements.arrived(complete.version());
    } else if (arrival instanceof Arrival.Unusable bad) {
      unusable.put(bad.version(), bad);
    } else if (arrival instanceof Arrival.Untrusted untrusted) {
      refuse(untrusted.version(), Refused.UNTRUSTED, untrusted.toString(), null);
    } else if (arrival instanceof Arrival.Withdrawn withdrawn) {
      unusable.remove(withdrawn.version());
      of(collection).choice().remove(number);
      of(collection).arrived().remove(number);
    } else {
      throw new AssertionError(arrival);
    }
  }

  private Followed of(CollectionName collection) {
    return followed.computeIfAbsent(collection, name -> new Followed());
  }

  private void serveChanged() {
    unusable.values().forEach(bad -> refuse(bad.version(), Refused.UNUSABLE, bad.toString(), null));
    unusable.clear();
    changed.forEach(this::serveBest);
    changed.clear();
  }

  private void serveBest(CollectionName collection) {
    Followed of = of(collection);
    ServedModels.Served serving = models.versions().get(collection);
    for (long number : of.choice().best()) {
      if ((serving != null && serving.number() == number) || serve(collection, number, of)) {
        // Manifests of later versions stay until one serves that has learned what they name.
        Map<Long, Manifest> served = of.manifests().headMap(number, true);
        served.values().forEach(this::measure);
        served.clear();
        break;
      }
      of.choice().remove(number);
    }
    of.arrived().clear();
    measurements.pinned(collection, of.choice().isPinned());
  }

  private boolean serve(CollectionName collection, long number, Followed of) {
    ModelVersion name = new ModelVersion(collection, number);
    Timer.Sample sample = measurements.begin();
    Optional<Arrival.Complete> version =
        Optional.ofNullable(of.arrived().get(number)).or(() -> reader.readAgain(name));
    if (version.isEmpty()) {
      refuse(name, Refused.UNUSABLE, "expected to find it again, found it gone", null);
      return false;
    }
    String digest = version.get().manifest().digest().text();
    ServedModel model;
    try {
      model = loader.load(number, digest, version.get().weights());
    } catch (RuntimeException e) {
      refuse(name, Refused.UNLOADABLE, "cannot be run: " + e.getMessage(), e);
      return false;
    }
    models.replace(collection, model);
    measurements.swapped(sample, version.get().manifest());
    log.info("version {} serves, {} parameters", name, version.get().weights().parameters());
    return true;
  }

  private void refuse(ModelVersion version, Refused reason, String detail, RuntimeException cause) {
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
