package dev.holdfast.ingest;

import static java.util.Objects.requireNonNull;

import dev.holdfast.process.SettingsReader;
import dev.holdfast.topic.DocumentTopics;
import dev.holdfast.wire.Limits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How ingest runs. Keys stand below {@code ingest.}.
 *
 * @param limits of one message; what is larger is rejected
 * @param waiting how annotations wait for their documents
 * @param streams how Kafka Streams runs the topology
 */
public record IngestSettings(Limits limits, Waiting waiting, Streams streams) {

  /** Half of the time after which Kafka ends a transaction, unless it is told otherwise. */
  private static final int LONGEST_TRANSACTION_MILLIS = 5_000;

  /** The largest message that can be let in: three times this fits into one record. */
  static final int MAX_BYTES = 3_000_000;

  public IngestSettings {
    requireNonNull(limits, "limits is null");
    requireNonNull(waiting, "waiting is null");
    requireNonNull(streams, "streams is null");
    if (limits.bytes() > MAX_BYTES) {
      throw new IllegalArgumentException(
          "expected limits of at most %d bytes, was %d".formatted(MAX_BYTES, limits.bytes()));
    }
  }

  /**
   * How annotations wait for their documents.
   *
   * @param time how long an annotation waits, at least; then it is rejected. Longer lets documents
   *     come later and keeps more on disk
   * @param maxPerDocument how many annotations wait for one document; one more is rejected
   */
  public record Waiting(Duration time, int maxPerDocument) {
    public Waiting {
      if (time.isNegative() || time.isZero() || maxPerDocument < 1) {
        throw new IllegalArgumentException(
            "expected a time > 0 and maxPerDocument >= 1, was %s and %d"
                .formatted(time, maxPerDocument));
      }
    }
  }

  /**
   * How Kafka Streams runs the topology.
   *
   * @param instance name of this process among the ingest processes of one cluster, the same after
   *     a restart, which then takes up its work without waiting for the session to end
   * @param threads that share the partitions
   * @param partitions into which documents and annotations are sorted to meet; fixed once ingest
   *     has run against a cluster
   * @param commitInterval how long results of a transaction wait for its end, twice on the way;
   *     shorter is earlier, longer is cheaper
   * @param stateDirectory for documents and annotations kept; rebuilt from Kafka when it is lost
   */
  public record Streams(
      String instance, int threads, int partitions, Duration commitInterval, Path stateDirectory) {
    public Streams {
      requireNonNull(stateDirectory, "stateDirectory is null");
      if (instance.isBlank() || threads < 1 || partitions < 1 || commitInterval.isNegative()) {
        throw new IllegalArgumentException(
            "expected an instance, threads >= 1, partitions >= 1 and commitInterval >= 0, was \"%s\", %d, %d and %s"
                .formatted(instance, threads, partitions, commitInterval));
      }
    }
  }

  /** Reads the settings; problems gather in the reader. */
  public static IngestSettings from(SettingsReader reader) {
    return new IngestSettings(limits(reader), waiting(reader), streams(reader));
  }

  private static Limits limits(SettingsReader reader) {
    Limits limits = Limits.DEFAULT;
    return new Limits(
        reader.integer("max-bytes", limits.bytes(), 1_000, MAX_BYTES),
        reader.integer("max-tokens", limits.tokens(), 1, 1_000_000),
        reader.integer("max-pages", limits.pages(), 1, 100_000),
        reader.integer("max-text-length", limits.textLength(), 1, 100_000),
        reader.integer("max-fields", limits.fields(), 1, 10_000),
        reader.integer("max-values-per-field", limits.valuesPerField(), 1, 100_000));
  }

  private static Waiting waiting(SettingsReader reader) {
    return new Waiting(
        Duration.ofSeconds(reader.integer("wait-for-document-seconds", 86_400, 1, 31_536_000)),
        reader.integer("max-waiting-per-document", 100, 1, 10_000));
  }

  private static Streams streams(SettingsReader reader) {
    String instance = reader.text("instance", "1").strip();
    if (!instance.matches("[A-Za-z0-9._-]{1,100}")) {
      reader.problem("instance", "1 to 100 letters, digits, '.', '_' or '-'", instance);
      instance = "1";
    }
    return new Streams(
        instance,
        reader.integer("threads", 1, 1, 256),
        reader.integer("partitions", DocumentTopics.DOCUMENTS.partitions(), 1, 10_000),
        Duration.ofMillis(
            reader.integer("commit-interval-milliseconds", 30, 1, LONGEST_TRANSACTION_MILLIS)),
        Path.of(reader.text("state-directory", "data/ingest")));
  }
}
