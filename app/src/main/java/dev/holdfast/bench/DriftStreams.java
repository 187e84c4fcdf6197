package dev.holdfast.bench;

import dev.holdfast.drift.Adwin;
import dev.holdfast.drift.DomainClassifier;
import dev.holdfast.drift.DriftDetectionMethod;
import dev.holdfast.drift.DriftDetector;
import dev.holdfast.drift.PageHinkley;
import dev.holdfast.drift.TokenHistogram;
import dev.holdfast.drift.UnlabelledDrift;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Runs every detector, and two dummies, over streams whose changes are known. */
final class DriftStreams {
  private static final double USUAL_ERROR = .1;
  private static final List<Double> RISEN = List.of(.2, .3);
  private static final int QUIET = 10_000;
  private static final int BEFORE = 1_000;
  private static final int AFTER = 2_000;

  /** Streams of errors for each seed. */
  private static final int REPEATS = 20;

  private DriftStreams() {}

  /** Every detector on errors with the settings that were compared, by name. */
  static Map<String, DriftTrial<Double>> errorDetectors() {
    Map<String, DriftDetector<Double>> detectors = new LinkedHashMap<>();
    detectors.put("never", new Dummy<>(false));
    detectors.put("always", new Dummy<>(true));
    detectors.put("DDM", new DriftDetectionMethod());
    detectors.put("Page-Hinkley λ50 δ.005", new PageHinkley(50, .005));
    detectors.put("Page-Hinkley λ10 δ.05", new PageHinkley(10, .05));
    detectors.put("ADWIN δ.002 clock 32", new Adwin(.002, 32));
    detectors.put("ADWIN δ.05 clock 8", new Adwin(.05, 8));
    return trials(detectors);
  }

  /** Every detector on documents, and the vote. */
  static Map<String, DriftTrial<Sight>> documentDetectors(UnlabelledDrift.Settings settings) {
    Map<String, DriftDetector<Sight>> detectors = new LinkedHashMap<>();
    detectors.put("never", new Dummy<>(false));
    detectors.put("always", new Dummy<>(true));
    detectors.put(
        "words",
        new Sight.Side<>(
            new TokenHistogram(settings.windows(), settings.wordDeviations()), Sight::words));
    detectors.put(
        "domain",
        new Sight.Side<>(
            new DomainClassifier(settings.windows(), settings.domainDeviations()), Sight::words));
    detectors.put(
        "confidence",
        new Sight.Side<>(
            new Adwin(settings.confidenceDelta(), settings.windows().every()),
            sight -> 1 - sight.confidence()));
    detectors.put("two of three", new Sight.Vote(new UnlabelledDrift(settings)));
    return trials(detectors);
  }

  private static <T> Map<String, DriftTrial<T>> trials(Map<String, DriftDetector<T>> detectors) {
    Map<String, DriftTrial<T>> trials = new LinkedHashMap<>();
    detectors.forEach((name, detector) -> trials.put(name, new DriftTrial<>(detector)));
    return trials;
  }

  /**
   * Streams of errors, each 0 or 1: long ones in which nothing changes, and shorter ones in which
   * the rate rises.
   */
  static void errors(Map<String, DriftTrial<Double>> trials, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      for (double risen : RISEN) {
        each(trials, DriftTrial::begin);
        errors(trials, BEFORE, USUAL_ERROR, random);
        each(trials, trial -> trial.change("%.2f to %.2f".formatted(USUAL_ERROR, risen)));
        errors(trials, AFTER, risen, random);
      }
      each(trials, DriftTrial::begin);
      errors(trials, QUIET, USUAL_ERROR, random);
    }
  }

  private static void errors(
      Map<String, DriftTrial<Double>> trials, int count, double rate, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      double error = random.nextDouble() < rate ? 1 : 0;
      each(trials, trial -> trial.next(error));
    }
  }

  /**
   * One segment after the other, each {@code documents} long. In the middle of each the learner
   * learns the segment and the detectors begin anew: up to there a document is read by a version
   * that knows only what came before.
   */
  static void documents(
      Map<String, DriftTrial<Sight>> trials,
      List<? extends DriftSegment> segments,
      int documents,
      DriftReader reader) {
    reader.learn(segments.get(0).lessons());
    each(trials, DriftTrial::begin);
    for (int k = 0; k < segments.size(); k++) {
      DriftSegment segment = segments.get(k);
      if (k > 0) {
        each(trials, trial -> trial.change(segment.kind()));
      }
      for (int i = 0; i < documents; i++) {
        if (i == documents / 2 && k > 0) {
          reader.learn(segment.lessons());
          each(trials, DriftTrial::begin);
        }
        Sight sight = reader.read(segment.next());
        each(trials, trial -> trial.next(sight));
      }
    }
  }

  private static <T> void each(Map<String, DriftTrial<T>> trials, Consumer<DriftTrial<T>> step) {
    trials.values().forEach(step);
  }
}
