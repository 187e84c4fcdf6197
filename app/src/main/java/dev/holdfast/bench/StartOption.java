package dev.holdfast.bench;

import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.network.Weights;
import dev.holdfast.network.WeightsFile;
import dev.holdfast.process.BadConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option by which a learner is told what to begin with. */
final class StartOption {
  @Option(
      names = "--start-from",
      paramLabel = "FILE",
      description = "Weights to begin with, from pretrain --to or evaluate --to.")
  private Path startFrom;

  /**
   * A new learner.
   *
   * @throws BadConfiguration when the file has no weights
   */
  ContinualLearner learner(LearningSettings settings) {
    return learner(settings, weights());
  }

  /** A learner that begins with these weights, if any. */
  static ContinualLearner learner(LearningSettings settings, Optional<Weights> start) {
    return start
        .map(weights -> ContinualLearner.startFrom(settings, weights))
        .orElseGet(() -> new ContinualLearner(settings));
  }

  private Optional<Weights> weights() {
    try {
      return startFrom == null ? Optional.empty() : Optional.of(WeightsFile.read(startFrom));
    } catch (IOException e) {
      throw new BadConfiguration(List.of("--start-from: " + e.getMessage()));
    }
  }
}
