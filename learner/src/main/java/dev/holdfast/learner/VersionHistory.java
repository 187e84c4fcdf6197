package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.control.Control.Action;
import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.learner.JournalRecord.Order;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.version.Digest;
import dev.holdfast.version.LearnedExample;
import dev.holdfast.version.ModelVersion;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the log says of versions, those among them that are no longer kept: how each came to be, and
 * the same weights once more. Reads only, beside any learner that runs.
 *
 * <p>Not thread-safe.
 */
public final class VersionHistory implements AutoCloseable {
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final LearnerMeasurements measurements = new LearnerMeasurements(registry);
  private final Runnable afterwards;
  private final LogReader reader;
  private final Learning.Source learners;

  /**
   * How a version came to be.
   *
   * @param version its name
   * @param parent number of the version that it has learned on from, 0 for the first
   * @param digest of its weights when it was published
   * @param rounds that were done since its parent
   * @param learned what it has learned and its parent had not, in that order
   * @param unlearned the document that its parent had learned and it has not, if it was made to
   *     unlearn one
   * @param from the version of another collection that it is, without a parent, or that it took in
   *     beside its parent
   */
  public record Origin(
      ModelVersion version,
      long parent,
      Digest digest,
      int rounds,
      List<LearnedExample> learned,
      Optional<DocumentId> unlearned,
      Optional<ModelVersion> from) {
    public Origin {
      learned = List.copyOf(learned);
    }
  }

  /**
   * A version made once more.
   *
   * @param version its name
   * @param digest of its weights when it was published
   * @param rebuilt digest of its weights as they came out now
   * @param rounds that were done again
   */
  public record Rebuilt(ModelVersion version, Digest digest, Digest rebuilt, int rounds) {
    /** Whether they are the same to the bit. */
    public boolean equal() {
      return digest.equals(rebuilt);
    }
  }

  /**
   * @param settings of the learner; by others a version comes out differently
   * @param kafka properties of every client, {@code bootstrap.servers} among them
   */
  public VersionHistory(LearnerSettings settings, Map<String, String> kafka) {
    KafkaLearnerClients clients =
        new KafkaLearnerClients("history", requireNonNull(kafka, "kafka is null"), registry);
    reader = new LogReader(clients.log(), clients.ends());
    learners = ContinualLearning.source(settings.learning(), settings.startFrom());
    afterwards = clients::close;
  }

  /**
   * @param clients that read the log
   * @param learners where learners come from; by others a version comes out differently
   */
  public VersionHistory(LearnerClients clients, Learning.Source learners) {
    reader = new LogReader(clients.log(), clients.ends());
    this.learners = requireNonNull(learners, "learners is null");
    afterwards = () -> {};
  }

  /** Names all that learning depends on besides examples and seeds, as a manifest does. */
  public Digest configuration() {
    return learners.configuration();
  }

  /** How a version came to be; empty when the journal does not say that it was published. */
  public Optional<Origin> origin(ModelVersion version) {
    return journal(version).map(this::origin);
  }

  /**
   * Does every round again that led to a version, from the first on, and from the examples alone.
   * Takes about as long as learning took.
   *
   * @return empty when the journal does not say that it was published
   */
  public Optional<Rebuilt> rebuild(ModelVersion version) {
    return Optional.ofNullable(rebuild(Set.of(version)).get(version));
  }

  /**
   * Does so for several versions, in one go as far as one has led to the other.
   *
   * @return without those that the journal does not say were published
   */
  public Map<ModelVersion, Rebuilt> rebuild(Set<ModelVersion> versions) {
    Map<ModelVersion, JournalRecord> left = new TreeMap<>();
    versions.forEach(version -> journal(version).ifPresent(path -> left.put(version, path.last())));
    Map<ModelVersion, Rebuilt> rebuilt = new HashMap<>();
    while (!left.isEmpty()) {
      // The newest one of a collection: others may have come on the way to it.
      ModelVersion version = Collections.max(left.keySet());
      Map<ModelVersion, Rebuilt> some = rebuildTo(version, left);
      left.keySet().removeAll(some.keySet());
      left.remove(version);
      rebuilt.putAll(some);
    }
    return rebuilt;
  }

  private Map<ModelVersion, Rebuilt> rebuildTo(
      ModelVersion version, Map<ModelVersion, JournalRecord> wanted) {
    JournalRecord last = wanted.get(version);
    Set<Long> watched = new HashSet<>();
    wanted.forEach(
        (each, round) -> {
          if (each.collection().equals(version.collection())) {
            watched.add(round.key().round());
          }
        });
    Replay replay = new Replay(reader, learners, measurements, () -> false);
    try (Relearning again =
        replay
            .run(ReplayScope.fromNothing(last.partition(), last.key(), watched))
            .collections()
            .get(version.collection())) {
      Map<ModelVersion, Rebuilt> rebuilt = new HashMap<>();
      again
          .digests()
          .forEach(
              (each, digest) ->
                  rebuilt.put(
                      each,
                      new Rebuilt(
                          each,
                          wanted.get(each).published().orElseThrow().digest(),
                          digest,
                          again.rounds())));
      return rebuilt;
    }
  }

  /**
   * The rounds from a version's parent to it.
   *
   * @param parent number of the version before the first of them
   * @param rounds at least one, the last of which published the version
   */
  private record Path(ModelVersion version, long parent, List<JournalRecord> rounds) {
    JournalRecord last() {
      return rounds.get(rounds.size() - 1);
    }
  }

  private Optional<Path> journal(ModelVersion version) {
    for (int partition = 0; partition < reader.partitions(LearnerTopics.JOURNAL); partition++) {
      Path[] found = new Path[1];
      Deque<JournalRecord> sinceParent = new ArrayDeque<>();
      long[] parent = {0};
      reader.read(
          LearnerTopics.JOURNAL,
          partition,
          0,
          (place, key, round) -> {
            if (!key.collection().equals(version.collection()) || found[0] != null) {
              return;
            }
            sinceParent.add(round);
            if (round.did(Action.ROLLBACK)) {
              parent[0] = round.order().flatMap(Order::control).orElseThrow().number();
              sinceParent.clear();
            } else if (round.begins()) {
              parent[0] = 0;
              sinceParent.clear();
              sinceParent.add(round);
            }
            if (round.published().isPresent()) {
              long number = round.published().get().version();
              if (number == version.number()) {
                found[0] = new Path(version, parent[0], List.copyOf(sinceParent));
              }
              parent[0] = number;
              sinceParent.clear();
            }
          });
      if (found[0] != null) {
        return Optional.of(found[0]);
      }
    }
    return Optional.empty();
  }

  private Origin origin(Path path) {
    List<LearnedExample> learned = new ArrayList<>();
    for (JournalRecord round : path.rounds()) {
      if (round.kind() == Kind.LEARN) {
        learned.addAll(learned(round));
      }
      learned.retainAll(round.givenUp().without(learned));
    }
    Optional<DocumentId> unlearned = path.last().order().flatMap(Order::unlearned);
    unlearned.ifPresent(
        document -> learned.removeIf(example -> example.document().equals(document)));
    return new Origin(
        path.version(),
        path.parent(),
        path.last().published().orElseThrow().digest(),
        path.rounds().size(),
        learned,
        unlearned,
        path.last().order().flatMap(Order::from));
  }

  private List<LearnedExample> learned(JournalRecord round) {
    CollectionName collection = round.key().collection();
    List<ExampleRecord> run = new ArrayList<>();
    reader.read(
        DocumentTopics.EXAMPLES,
        round.partition(),
        round.from(),
        round.to(),
        (place, key, example) -> {
          if (example != null && example.document().collection().equals(collection)) {
            ExampleRecord record =
                new ExampleRecord(place.offset(), Instant.ofEpochMilli(place.timestamp()), example);
            if (record.teaches()) {
              run.add(record);
            }
          }
        });
    return run.isEmpty() ? List.of() : Batch.of(run).learned();
  }

  @Override
  public void close() {
    reader.close();
    afterwards.run();
  }
}
