package dev.holdfast.continual;

import dev.holdfast.continual.GoodVersion.Lesson;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * A {@link ContinualLearner} behind a gate: some documents are held back from it for ever, and
 * weights that are to be published are scored on them beside those of the last good version. If
 * they have lost too much, the learner goes back to what it was then and learns once more what it
 * has learned since, but for the examples of whoever that version disagrees with; what is refused a
 * second time is put aside.
 *
 * <p>A version that is not refused is the new last good one when 64 examples were learned since the
 * one before, or 16 if it seems no worse and the one before disagrees with nobody who said them.
 * Rounds and judgements in the same order with the same seeds lead to the same weights to the bit,
 * also over a save and a restore.
 *
 * <p>Not thread-safe: one owner thread.
 */
public final class GatedLearner {
  private static final int FORMAT = 1;

  /** Examples that are learned again in one go. */
  private static final int AGAIN = 8;

  private final LearningSettings settings;
  private final Gate gate;
  private final Trust trust = new Trust();
  private ContinualLearner learner;
  private Optional<GoodVersion> good = Optional.empty();

  /**
   * What a round did.
   *
   * @param report what was learned
   * @param heldBack documents that were held back
   * @param putAside examples that were not learned since their annotator is mistrusted
   */
  public record Round(
      RoundReport report, Set<DocumentId> heldBack, List<Verdict.PutAside> putAside) {
    public Round {
      heldBack = Set.copyOf(heldBack);
      putAside = List.copyOf(putAside);
    }
  }

  /** A gate before a learner that has learned nothing behind it yet. */
  public GatedLearner(LearningSettings settings, ContinualLearner learner) {
    this.settings = settings;
    this.learner = learner;
    gate = new Gate(settings);
  }

  /**
   * One round, as {@link ContinualLearner#learn} does it, of those examples that are not held back.
   */
  public Round learn(List<Example> examples, long seed) {
    good.ifPresent(version -> version.leftBehind(learner));
    Set<DocumentId> held = new LinkedHashSet<>();
    Set<Example> doubtful = doubtful(examples);
    List<Verdict.PutAside> putAside = new ArrayList<>();
    List<Example> fresh = new ArrayList<>();
    for (Example example : examples) {
      if (example.taught().isEmpty()) {
        fresh.add(example); // changes nothing
      } else if (doubtful.contains(example)) {
        putAside.add(Verdict.PutAside.of(example));
      } else if (holdsBack(example)) {
        held.add(example.document().id());
      } else {
        fresh.add(example);
        good.ifPresent(version -> version.learned(new Lesson(example, false)));
      }
    }
    boolean nothing = fresh.isEmpty() && !examples.isEmpty();
    RoundReport report = nothing ? learner.nothing() : learner.learn(fresh, seed);
    return new Round(report, held, putAside);
  }

  /** Those of whoever is mistrusted that the last good version disagrees with. */
  private Set<Example> doubtful(List<Example> examples) {
    Set<Example> doubtful = new HashSet<>(examples);
    doubtful.removeIf(example -> good.isEmpty() || !trust.doubts(HeldDocument.of(example)));
    if (!doubtful.isEmpty()) {
      try (Extractor extractor = good.orElseThrow().extractor()) {
        doubtful.removeIf(example -> trust.accepts(HeldDocument.of(example), extractor));
      }
    }
    return doubtful;
  }

  private boolean holdsBack(Example example) {
    boolean taken = gate.holdsBack(example, learner::documentsWith);
    if (taken) {
      good.ifPresent(version -> version.heldBackAnew(example.document().key()));
    }
    return taken;
  }

  /**
   * Says whether the weights may be published. If not, the learner has gone back by then.
   *
   * @param weights of now
   * @param version number that they would be published under
   * @param seed decides what is random about learning again
   */
  public Verdict judge(Weights weights, long version, long seed) {
    if (!gate.canJudge()) {
      return Verdict.untested();
    }
    long before = good.map(GoodVersion::number).orElse(0L);
    Verdict.Outcome outcome = Verdict.Outcome.GOOD;
    Optional<Verdict.Compared> compared = Optional.empty();
    if (good.isPresent() && good.get().isLeftBehind()) {
      Comparison comparison = gate.compare(good.get(), weights);
      if (!comparison.falls().isEmpty()) {
        return refuse(comparison, seed);
      }
      compared = comparison.compared();
      boolean followed = good.get().isFollowedBy(comparison, gate.documents());
      outcome = followed ? outcome : Verdict.Outcome.PASSED;
    }
    if (outcome == Verdict.Outcome.GOOD) {
      good = Optional.of(GoodVersion.now(version, settings, weights));
    }
    return Verdict.passed(outcome, before, compared);
  }

  private Verdict refuse(Comparison comparison, long seed) {
    GoodVersion version = good.orElseThrow();
    SortedSet<String> blamed = version.suspects(gate.documents());
    trust.blame(blamed);
    GoodVersion.Sifted since = version.sift(blamed);
    gate.remove(held -> blamed.contains(held.annotator()));
    learner = version.goBack(settings);
    long updates = 0;
    List<Example> again = since.again();
    for (int from = 0; from < again.size(); from += AGAIN) {
      List<Example> some = again.subList(from, Math.min(again.size(), from + AGAIN));
      updates += learner.learn(some, seed + from).updates();
      some.forEach(example -> version.learned(new Lesson(example, true)));
    }
    learner.rehearseMore(settings.gate().rehearsals());
    return new Verdict(
        Verdict.Outcome.REFUSED,
        version.number(),
        comparison.compared(),
        comparison.falls(),
        since.putAside(),
        updates);
  }

  /** See {@link ContinualLearner#fork}. Nothing is held back from it yet, and nobody mistrusted. */
  public GatedLearner fork() {
    return new GatedLearner(settings, learner.fork());
  }

  /**
   * Takes in what another learner knows, as {@link ContinualLearner#merged} does, unless that would
   * lose too much on what is held back here: then nothing changes. All that is held back is scored,
   * against the last good version, or what is now where there is none. What was merged is the good
   * version from then on, where there was one.
   *
   * @param version number that the outcome would be published under
   * @return where too much would be lost; empty when it was taken in
   */
  public List<Verdict.Fall> merge(GatedLearner other, long version) {
    ContinualLearner merged = learner.merged(other.learner);
    Weights weights = merged.weights();
    GoodVersion before = good.orElseGet(() -> GoodVersion.now(0, settings, weights()));
    List<Verdict.Fall> falls =
        gate.canJudge() ? gate.compareOnAll(before, weights).falls() : List.of();
    if (falls.isEmpty()) {
      learner = merged;
      good = good.map(old -> GoodVersion.now(version, settings, weights));
    }
    return falls;
  }

  /**
   * See {@link ContinualLearner#forget}; it is held back no more either, and not gone back to.
   *
   * @return how many are remembered afterwards
   */
  public int forget(DocumentKey document) {
    gate.forget(document);
    good.ifPresent(
        version -> {
          version.leftBehind(learner);
          version.forget(document);
        });
    return learner.forget(document);
  }

  /** See {@link ContinualLearner#consolidate}. */
  public void consolidate() {
    good.ifPresent(version -> version.leftBehind(learner));
    learner.consolidate();
  }

  /**
   * Learns from an annotator again as from anybody, whom a version was refused for. What of theirs
   * is put aside stays so until it is said anew.
   *
   * @return whether they were mistrusted
   */
  public boolean trust(String annotator) {
    return trust.forgive(annotator);
  }

  /** How many annotators are mistrusted. */
  public int mistrusted() {
    return trust.mistrusted();
  }

  /** See {@link ContinualLearner#wantsRehearsal}. */
  public boolean wantsRehearsal() {
    return learner.wantsRehearsal();
  }

  /** See {@link ContinualLearner#held}. */
  public Held held() {
    return learner.held();
  }

  /** The weights as they are now, to judge and to publish. */
  public Weights weights() {
    return learner.weights();
  }

  /** The learner behind the gate, to learn past it. */
  public ContinualLearner learner() {
    return learner;
  }

  /**
   * Writes everything that {@link #restore} needs.
   *
   * <pre>
   *   the learner
   *   int format = 1
   *   what is held back, who is mistrusted, int turn
   *   boolean whether there is a good version; if so, it
   * </pre>
   */
  public void save(DataOutput out) throws IOException {
    learner.save(out);
    out.writeInt(FORMAT);
    gate.save(out);
    trust.save(out);
    gate.saveTurn(out);
    out.writeBoolean(good.isPresent());
    if (good.isPresent()) {
      good.get().save(out);
    }
  }

  /**
   * A learner that goes on exactly as the saved one would have. What releases before the gate have
   * saved is a learner with nothing held back.
   *
   * @throws IOException when the state cannot be read or is of another format
   */
  public static GatedLearner restore(LearningSettings settings, DataInput in) throws IOException {
    GatedLearner gated = new GatedLearner(settings, ContinualLearner.restore(settings, in));
    int format;
    try {
      format = in.readInt();
    } catch (EOFException e) {
      return gated; // saved by a release that had no gate
    }
    if (format != FORMAT) {
      throw new IOException("expected gate state of format %d, was %d".formatted(FORMAT, format));
    }
    gated.gate.restore(in);
    gated.trust.restore(in);
    gated.gate.restoreTurn(in);
    if (in.readBoolean()) {
      // Read also when the gate is off by now: something else may lie behind it.
      GoodVersion version = GoodVersion.restore(settings, gated.learner, in);
      gated.good = Optional.of(version).filter(good -> gated.gate.isOn());
    }
    return gated;
  }
}
