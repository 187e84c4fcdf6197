package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsFile;
import dev.holdfast.process.SettingsReader;
import dev.holdfast.version.ManifestSigner;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the learner runs its rounds. Keys stand below {@code learner.}.
 *
 * @param instance name of this process among the learner processes of one cluster, the same after a
 *     restart: its place in the group and its transactions are kept under it, and of two processes
 *     with one name the later fences the earlier
 * @param seed decides, with collection and round number, everything random in a round
 * @param maxAborts transactions in a row that may be aborted before the process gives up
 * @param rounds how long rounds are
 * @param publishing how often and for how long versions are published
 * @param rehearsal what is done while nothing waits
 * @param checkpoints how often the state is saved
 * @param startFrom weights that a new collection begins with, if any: setting {@code start-from}
 *     names their file
 * @param learning by what rules is learned; keys below {@code learner.learning.}
 * @param signer signs manifests, if any: setting {@code signing-key} names its key's file
 */
public record LearnerSettings(
    String instance,
    long seed,
    int maxAborts,
    Rounds rounds,
    Publishing publishing,
    Rehearsal rehearsal,
    Checkpoints checkpoints,
    Optional<Weights> startFrom,
    LearningSettings learning,
    Optional<ManifestSigner> signer) {

  /** A learner that signs nothing. */
  public LearnerSettings(
      String instance,
      long seed,
      int maxAborts,
      Rounds rounds,
      Publishing publishing,
      Rehearsal rehearsal,
      Checkpoints checkpoints,
      Optional<Weights> startFrom,
      LearningSettings learning) {
    this(
        instance,
        seed,
        maxAborts,
        rounds,
        publishing,
        rehearsal,
        checkpoints,
        startFrom,
        learning,
        Optional.empty());
  }

  /**
   * How long rounds are.
   *
   * @param maxExamples most examples of one round
   * @param maxTime a round takes no more examples than were learned in this time lately, but one at
   *     least; more raise throughput, and the time that the first of them waits for the last
   */
  public record Rounds(int maxExamples, Duration maxTime) {}

  /**
   * How often and for how long versions are published.
   *
   * @param minInterval least time from one version of a collection to the next: less makes
   *     corrections live earlier under load, and costs a version's size on every broker and reader
   * @param keepVersions how many versions of a collection stay on Kafka
   */
  public record Publishing(Duration minInterval, int keepVersions) {}

  /**
   * What is done while nothing waits.
   *
   * @param enabled whether anything is
   * @param maxHelpings most helpings after the latest example; the learner may want fewer
   * @param publishInterval least time from one version to the next while there is nothing new but
   *     rehearsal
   */
  public record Rehearsal(boolean enabled, int maxHelpings, Duration publishInterval) {}

  /**
   * How often the state is saved.
   *
   * @param everyRounds rounds of a collection from one checkpoint to the next, all of which are
   *     done again at most after a crash
   * @param whenIdleFor after this time without a round a collection is saved too
   */
  public record Checkpoints(int everyRounds, Duration whenIdleFor) {}

  public LearnerSettings {
    requireNonNull(rounds, "rounds is null");
    requireNonNull(publishing, "publishing is null");
    requireNonNull(rehearsal, "rehearsal is null");
    requireNonNull(checkpoints, "checkpoints is null");
    requireNonNull(startFrom, "startFrom is null");
    requireNonNull(learning, "learning is null");
    requireNonNull(signer, "signer is null");
    if (instance.isBlank() || maxAborts < 0) {
      throw new IllegalArgumentException(
          "expected an instance and maxAborts >= 0, was \"%s\" and %d"
              .formatted(instance, maxAborts));
    }
  }

  /** Reads the settings; problems gather in the reader. */
  public static LearnerSettings from(SettingsReader reader) {
    String instance = reader.text("instance", "1").strip();
    if (!instance.matches("[A-Za-z0-9._-]{1,100}")) {
      reader.problem("instance", "1 to 100 letters, digits, '.', '_' or '-'", instance);
      instance = "1";
    }
    return new LearnerSettings(
        instance,
        reader.integer("seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
        reader.integer("max-aborts", 10, 0, 1_000),
        new Rounds(
            reader.integer("round.max-examples", 8, 1, 1_000),
            millis(reader, "round.max-millis", 100, 1)),
        new Publishing(
            millis(reader, "publish.min-interval-millis", 200, 0),
            reader.integer("publish.keep-versions", 5, 1, 1_000)),
        new Rehearsal(
            reader.flag("rehearsal.idle", true),
            reader.integer("rehearsal.max-helpings", 500, 0, 1_000_000),
            millis(reader, "rehearsal.publish-interval-millis", 2_000, 0)),
        new Checkpoints(
            reader.integer("checkpoint.every-rounds", 200, 1, 1_000_000),
            millis(reader, "checkpoint.idle-millis", 60_000, 0)),
        startFrom(reader),
        LearningSettings.from(reader),
        ManifestSigner.from(reader));
  }

  private static Optional<Weights> startFrom(SettingsReader reader) {
    String file = reader.text("start-from", "").strip();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(WeightsFile.read(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      reader.problem("start-from", "a file of weights (%s)".formatted(e.getMessage()), file);
      return Optional.empty();
    }
  }

  private static Duration millis(SettingsReader reader, String key, int otherwise, int min) {
    return Duration.ofMillis(reader.integer(key, otherwise, min, 86_400_000));
  }
}
