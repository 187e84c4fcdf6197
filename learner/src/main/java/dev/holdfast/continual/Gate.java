package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * What is held back, and how versions compare on it.
 *
 * <p>Not thread-safe.
 */
final class Gate {
  private final GateSettings settings;
  private final Optional<EncoderFile> encoder;
  private final boolean on;
  private final HeldBack heldBack;

  /** Where the next sample of what is held back begins. */
  private int turn;

  /** Nothing is held back where nothing may be kept, and then there is no gate. */
  Gate(LearningSettings learning) {
    settings = learning.gate();
    encoder = learning.encoder();
    on = settings.on() && learning.memoryDocuments() > 0;
    heldBack = new HeldBack(settings);
  }

  /**
   * Holds an example back if it is one to be held back.
   *
   * @param learned how many learned documents spoke of a field
   * @return whether it is held back; otherwise it is to be learned
   */
  boolean holdsBack(Example example, ToIntFunction<FieldName> learned) {
    return on && heldBack.takes(example, learned);
  }

  /** Oldest first. */
  List<HeldDocument> documents() {
    return heldBack.documents();
  }

  /** Gives up those that are of no use to score with. */
  void remove(Predicate<HeldDocument> useless) {
    heldBack.remove(useless);
  }

  /** Holds a document back no more. */
  void forget(DocumentKey document) {
    heldBack.remove(held -> held.document().key().equals(document));
  }

  /** Whether there is a gate. */
  boolean isOn() {
    return on;
  }

  /** Whether there is one, and enough is held back to judge by. */
  boolean canJudge() {
    return on
        && heldBack.documents().stream().mapToInt(held -> held.marks().size()).sum()
            >= settings.values();
  }

  /** Scores a sample with both, then as many more as it takes while the weights seem worse. */
  Comparison compare(GoodVersion good, Weights weights) {
    Comparison comparison = new Comparison(settings);
    List<Example> since = good.since().stream().map(GoodVersion.Lesson::example).toList();
    Turns turns = new Turns(heldBack.documents(), turn, since);
    turn += settings.sample();
    try (Extractor candidate = new Extractor(weights, encoder)) {
      do {
        List<HeldDocument> some = turns.next(settings.sample());
        comparison.add(some, good.scores(some), candidate);
      } while (turns.hasNext() && comparison.seemsWorse() && comparison.falls().isEmpty());
    }
    return comparison;
  }

  /** Scores all that is held back with both; changes nothing. */
  Comparison compareOnAll(GoodVersion good, Weights weights) {
    Comparison comparison = new Comparison(settings);
    List<HeldDocument> all = heldBack.documents();
    try (Extractor candidate = new Extractor(weights, encoder)) {
      comparison.add(all, good.scores(all), candidate);
    }
    return comparison;
  }

  /** Writes what is held back; {@link #saveTurn} writes the rest. */
  void save(DataOutput out) throws IOException {
    heldBack.save(out);
  }

  void saveTurn(DataOutput out) throws IOException {
    out.writeInt(turn);
  }

  /** Takes on what was held back, unless it is off by now: then nothing is held back any more. */
  void restore(DataInput in) throws IOException {
    heldBack.restore(in);
    if (!on) {
      heldBack.remove(held -> true);
    }
  }

  void restoreTurn(DataInput in) throws IOException {
    turn = in.readInt();
  }
}
