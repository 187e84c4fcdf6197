package dev.holdfast.serving;

import dev.holdfast.extraction.Conventions;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.version.ManifestTrust;
import java.time.Duration;
import java.util.Optional;

/**
 * How serving runs. Keys stand below {@code serving.}.
 *
 * @param instance name of this process among the serving processes of one cluster, the same after a
 *     restart: its place in the group and its transactions are kept under it, and of two processes
 *     with one name the later fences the earlier
 * @param threads loops that each read and write with clients of their own; more than there are
 *     partitions of {@code documents} stay idle
 * @param maxPollDocuments most documents of one transaction: more raise throughput, and the time
 *     that the first of them waits for the last
 * @param maxAborts transactions in a row that may be aborted before the process gives up
 * @param requestTimeout how long an HTTP caller waits for the broker before it hears that it cannot
 *     be reached
 * @param conventions what is declared about values and the places they come from
 * @param trust whose model versions are taken
 * @param encoder from a file, which versions may be over, if any: setting {@code encoder.file}
 */
public record ServingSettings(
    String instance,
    int threads,
    int maxPollDocuments,
    int maxAborts,
    Duration requestTimeout,
    Conventions conventions,
    ManifestTrust trust,
    Optional<EncoderFile> encoder) {

  /** A node that takes versions signed or not, over Holdfast's own encoder. */
  public ServingSettings(
      String instance,
      int threads,
      int maxPollDocuments,
      int maxAborts,
      Duration requestTimeout,
      Conventions conventions) {
    this(
        instance,
        threads,
        maxPollDocuments,
        maxAborts,
        requestTimeout,
        conventions,
        ManifestTrust.ANY,
        Optional.empty());
  }

  public ServingSettings {
    if (instance.isBlank() || threads < 1 || maxPollDocuments < 1 || maxAborts < 0) {
      throw new IllegalArgumentException(
          "expected an instance, threads >= 1, maxPollDocuments >= 1 and maxAborts >= 0, was \"%s\", %d, %d and %d"
              .formatted(instance, threads, maxPollDocuments, maxAborts));
    }
  }

  /** Reads the settings; problems gather in the reader. */
  public static ServingSettings from(SettingsReader reader) {
    String instance = reader.text("instance", "1").strip();
    if (!instance.matches("[A-Za-z0-9._-]{1,100}")) {
      reader.problem("instance", "1 to 100 letters, digits, '.', '_' or '-'", instance);
      instance = "1";
    }
    return new ServingSettings(
        instance,
        reader.integer("threads", 1, 1, 256),
        reader.integer("poll.max-documents", 100, 1, 10_000),
        reader.integer("max-aborts", 10, 0, 1_000),
        Duration.ofMillis(reader.integer("http.timeout-milliseconds", 5_000, 100, 60_000)),
        Conventions.from(reader),
        ManifestTrust.from(reader),
        EncoderFile.toRun(reader));
  }
}
