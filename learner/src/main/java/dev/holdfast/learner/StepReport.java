package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.continual.Verdict.PutAside;
import dev.holdfast.version.Content;
import dev.holdfast.version.Manifest;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Says in the log and in meters what has committed. Not thread-safe. */
final class StepReport {
  private static final Logger log = LoggerFactory.getLogger(StepReport.class);

  private final LearnerMeasurements measurements;
  private final InstantSource clock;

  StepReport(LearnerMeasurements measurements, InstantSource clock) {
    this.measurements = measurements;
    this.clock = clock;
  }

  /**
   * A step has committed.
   *
   * @param commit how long that took
   */
  void committed(Step step, Duration commit) {
    measurements.committed(commit);
    step.round().ifPresent(round -> committed(round, commit));
    step.checkpoint()
        // That of round 0 has no state: it only says that a collection exists.
        .filter(checkpoint -> checkpoint.parts() > 0)
        .ifPresent(
            checkpoint -> {
              measurements.checkpointed();
              log.info(
                  "checkpoint {} of {} bytes, committed in {} ms",
                  checkpoint.round(),
                  checkpoint.bytes(),
                  commit.toMillis());
            });
  }

  private void committed(Step.Round round, Duration commit) {
    JournalRecord journal = round.journal();
    measurements.round(journal, round.after(), round.remembered());
    round.manifest().ifPresent(manifest -> measurements.published(manifest, clock.instant()));
    journal
        .verdict()
        .filter(Verdict::refused)
        .ifPresent(
            verdict ->
                log.warn(
                    "round {}: version {} refused, F1 fell from that of version {} by {} in the worst of {} places; {} examples of {} annotators put aside",
                    journal.key(),
                    round.after().version() + 1,
                    verdict.good(),
                    "%.3f".formatted(worst(verdict)),
                    verdict.fell().size(),
                    verdict.putAside().size(),
                    verdict.putAside().stream().map(PutAside::annotator).distinct().count()));
    // Rehearsals come many a second; those that publish say so.
    boolean quiet = journal.kind() == JournalRecord.Kind.REHEARSE && round.manifest().isEmpty();
    log.atLevel(quiet ? Level.DEBUG : Level.INFO)
        .log(
            "round {} {}: {} examples, {} updates in {} ms; version {}, {} bytes published; committed in {} ms",
            journal.key(),
            journal.kind().text(),
            journal.examples(),
            journal.updates(),
            round.learning().toMillis(),
            round.after().version(),
            round.manifest().map(Manifest::content).map(Content::bytes).orElse(0L),
            commit.toMillis());
  }

  private static double worst(Verdict verdict) {
    return verdict.fell().stream()
        .mapToDouble(fall -> fall.before() - fall.after())
        .max()
        .orElse(0);
  }
}
