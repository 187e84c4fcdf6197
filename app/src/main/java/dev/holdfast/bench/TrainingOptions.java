package dev.holdfast.bench;

import dev.holdfast.command.Checks;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.sample.PartialAnnotations;
import java.util.List;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** The options by which it is said how much of what there is to learn is learned. */
final class TrainingOptions {
  @Option(
      names = "--label-fraction",
      paramLabel = "R",
      defaultValue = "1",
      showDefaultValue = Visibility.ALWAYS,
      description = "Each field of each training document is annotated with this probability.")
  private double labelFraction;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Only the first N documents to learn; of each set or segment where there are several.")
  private Integer limit;

  /** Looks whether the options make sense. */
  Checks check(Checks checks) {
    return checks
        .that(
            labelFraction > 0 && labelFraction <= 1,
            "--label-fraction",
            "more than 0 and at most 1",
            labelFraction)
        .that(limit == null || limit >= 1, "--limit", "at least 1", limit);
  }

  double labelFraction() {
    return labelFraction;
  }

  /** Most documents to learn; as many as there can be when nobody said. */
  int limit() {
    return limit == null ? Integer.MAX_VALUE : limit;
  }

  /** The first documents, each with as many of its annotations as was said. */
  List<LabelledDocument> some(List<LabelledDocument> all, long seed) {
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction);
    return all.stream()
        .limit(limit())
        .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
        .toList();
  }
}
