package dev.holdfast.bench;

import static java.util.Objects.requireNonNull;

import dev.holdfast.drift.DriftDetector;
import dev.holdfast.drift.HashedWords;
import dev.holdfast.drift.UnlabelledDrift;
import java.util.function.Function;

/**
 * All that detectors see of a document that nobody has said anything about.
 *
 * @param words of the document
 * @param confidence of what was found in it, see {@code Extraction.confidence}
 */
record Sight(HashedWords words, double confidence) {
  Sight {
    requireNonNull(words, "words is null");
  }

  /** A detector that looks at one side of a document. */
  record Side<S>(DriftDetector<S> detector, Function<Sight, S> side)
      implements DriftDetector<Sight> {
    @Override
    public boolean add(Sight next) {
      return detector.add(side.apply(next));
    }

    @Override
    public double level() {
      return detector.level();
    }

    @Override
    public void restart() {
      detector.restart();
    }
  }

  /** The vote of two of three. */
  record Vote(UnlabelledDrift drift) implements DriftDetector<Sight> {
    @Override
    public boolean add(Sight next) {
      boolean byWords = drift.words(next.words());
      boolean byConfidence = drift.confidence(next.confidence());
      return byWords || byConfidence;
    }

    @Override
    public double level() {
      return drift.alarmed() ? 1 : 0;
    }

    @Override
    public void restart() {
      drift.restart();
    }
  }
}
