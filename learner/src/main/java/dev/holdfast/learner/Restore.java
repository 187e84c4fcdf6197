package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Relearned;
import dev.holdfast.learner.JournalRecord.Taken;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Digest;
import dev.holdfast.version.Manifest;
import dev.holdfast.version.ManifestJson;
import dev.holdfast.version.ModelTopics;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to a learner's state, after a start, an abort or a crash alike: the newest checkpoint
 * of each collection, then the rounds that the journal has after it, learned again from the
 * examples in the log with the seeds in the journal.
 *
 * <p>Not thread-safe.
 */
final class Restore implements Surroundings.Past {
  private static final Logger log = LoggerFactory.getLogger(Restore.class);

  private final LogReader reader;
  private final Replay replay;
  private final Unlearning unlearning;
  private final Imports imports;
  private final LearnerMeasurements measurements;
  private final InstantSource clock;

  /**
   * @param closing asked between rounds; when it says yes, restoring ends with a {@link
   *     WakeupException}
   */
  Restore(
      LogReader reader,
      Learning.Source learners,
      LearnerMeasurements measurements,
      InstantSource clock,
      BooleanSupplier closing) {
    this.reader = requireNonNull(reader, "reader is null");
    this.measurements = requireNonNull(measurements, "measurements is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.replay = new Replay(reader, learners, measurements, closing);
    this.unlearning = new Unlearning(reader, replay);
    this.imports = new Imports(reader, learners);
  }

  /** Everything that the log says of one partition of {@code examples}. */
  Restored restore(int partition) {
    Instant start = clock.instant();
    Replay.Replayed replayed = replay.run(ReplayScope.all(partition));
    return finish(partition, replayed.collections(), replayed.journalEnd(), start);
  }

  @Override
  public Learning after(int partition, RoundKey round) {
    Instant start = clock.instant();
    Relearning replayed =
        replay.run(ReplayScope.upTo(partition, round)).collections().get(round.collection());
    log.info(
        "round {} restored: {} rounds done again, {} ms",
        round,
        replayed.rounds(),
        Duration.between(start, clock.instant()).toMillis());
    return replayed.learningWithoutForgotten();
  }

  @Override
  public Learning imported(Digest digest) throws BadInput {
    return imports.begin(digest);
  }

  @Override
  public Surroundings.Other other(ModelVersion version) throws BadInput {
    Instant start = clock.instant();
    Manifest manifest = manifest(version).orElseThrow(() -> Replay.unknown(version));
    Taken taken = new Taken(manifest.provenance().partition(), manifest.counters().rounds());
    RoundKey last = new RoundKey(version.collection(), taken.round());
    Learning learning =
        replay
            .learner(ReplayScope.upTo(taken.partition(), last))
            .orElseThrow(() -> Replay.unknown(version));
    log.info(
        "version {} restored for another collection, {} ms",
        version,
        Duration.between(start, clock.instant()).toMillis());
    return new Surroundings.Other(learning, taken);
  }

  /** That version's manifest, if it is on Kafka. */
  private Optional<Manifest> manifest(ModelVersion version) {
    List<Manifest> found = new ArrayList<>();
    reader.read(
        ModelTopics.MODELS,
        0,
        0,
        (place, key, value) -> {
          if (key.isManifest() && key.version().equals(version)) {
            found.clear();
            if (value != null) {
              found.add(manifest(place.offset(), value));
            }
          }
        });
    return found.stream().findFirst();
  }

  @Override
  public Optional<Surroundings.Without> without(int partition, RoundKey last, DocumentId document) {
    Instant start = clock.instant();
    Optional<Unlearning.Unlearned> unlearned = unlearning.run(partition, last, document);
    return unlearned.map(
        done -> {
          Relearning again = done.relearning();
          Relearned cost =
              new Relearned(again.rounds(), Duration.between(start, clock.instant()).toMillis());
          log.info(
              "round {} without document {}: {} rounds done again, {} ms",
              last,
              document,
              cost.rounds(),
              cost.millis());
          return new Surroundings.Without(again.learning(), done.firstUse() - 1, cost);
        });
  }

  private Restored finish(
      int partition, Map<CollectionName, Relearning> collections, long journalEnd, Instant start) {
    Map<CollectionName, LiveLineage> lineages = new TreeMap<>();
    long rounds = 0;
    for (Map.Entry<CollectionName, Relearning> entry : collections.entrySet()) {
      lineages.put(entry.getKey(), entry.getValue().restored());
      rounds += entry.getValue().rounds();
    }
    Map<CollectionName, List<Lineage.Kept>> orphans =
        lineages.isEmpty() && !reader.isEmpty(DocumentTopics.EXAMPLES, partition)
            ? versions()
            : Map.of();
    Duration time = Duration.between(start, clock.instant());
    measurements.restored(time, rounds);
    log.info(
        "partition {} restored: {} collections, {} rounds done again, {} ms",
        partition,
        lineages.size(),
        rounds,
        time.toMillis());
    return new Restored(lineages, journalEnd, orphans);
  }

  /**
   * Versions on Kafka. Without a journal there are none in the ordinary way; if somebody has
   * deleted it, numbers must not start again below what readers have.
   */
  private Map<CollectionName, List<Lineage.Kept>> versions() {
    Map<CollectionName, TreeMap<Long, Integer>> found = new HashMap<>();
    reader.read(
        ModelTopics.MODELS,
        0,
        0,
        (place, key, value) -> {
          if (key.isManifest() && value != null) {
            Manifest manifest = manifest(place.offset(), value);
            found
                .computeIfAbsent(key.version().collection(), name -> new TreeMap<>())
                .put(key.version().number(), manifest.content().parts());
          } else if (key.isManifest() && found.containsKey(key.version().collection())) {
            found.get(key.version().collection()).remove(key.version().number());
          }
        });
    Map<CollectionName, List<Lineage.Kept>> versions = new HashMap<>();
    Set<CollectionName> names = new TreeSet<>(found.keySet());
    for (CollectionName name : names) {
      List<Lineage.Kept> kept = new ArrayList<>();
      found.get(name).forEach((number, parts) -> kept.add(new Lineage.Kept(number, parts, 0)));
      versions.put(name, kept);
    }
    return versions;
  }

  private static Manifest manifest(long offset, byte[] value) {
    try {
      return ManifestJson.read(value);
    } catch (BadInput e) {
      throw new IllegalStateException(
          "%s@%d: %s".formatted(ModelTopics.MODELS.name(), offset, e.getMessage()), e);
    }
  }
}
