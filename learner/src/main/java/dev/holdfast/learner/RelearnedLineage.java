package dev.holdfast.learner;

import dev.holdfast.continual.Verdict;
import dev.holdfast.control.Control.Action;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.learner.JournalRecord.Kind;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelParts;
import dev.holdfast.version.ModelVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A collection while its rounds are done again: how far it has come, its learner, and whether all
 * came out as the journal says.
 *
 * <p>A round that comes out differently – other examples in the log, another number of updates,
 * other weights at the latest version – is reported once; the state that was reached then goes on
 * as it is, since the versions on Kafka are what is served, and the next one will have it.
 *
 * <p>Not thread-safe.
 */
final class RelearnedLineage implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RelearnedLineage.class);

  private final LearnerMeasurements measurements;
  private final List<JournalRecord> forgotten = new ArrayList<>();

  /** Learners from elsewhere, by the rounds that are spent on them. */
  private final Map<Long, Learning> others = new HashMap<>();

  private final Set<Long> watched;
  private final Map<ModelVersion, Digest> digests = new HashMap<>();
  private Lineage lineage;
  private Learning learning;
  private int done;
  private int remembered;
  private boolean differs;

  /**
   * @param lineage to go on from
   * @param watched rounds that published a version whose digest is wanted
   */
  RelearnedLineage(
      Lineage lineage, Learning learning, Set<Long> watched, LearnerMeasurements measurements) {
    this.watched = watched;
    this.lineage = lineage;
    this.learning = learning;
    this.measurements = measurements;
  }

  /** Hears of a round that forgets, which counts also when it comes after the last one. */
  void forgets(JournalRecord round) {
    forgotten.add(round);
  }

  /** Takes the learner that a round was spent on: to go on with, or to take in. */
  void another(JournalRecord round, Learning other) {
    others.put(round.key().round(), other);
  }

  /**
   * Does the next round again.
   *
   * @param batch what it learns now
   * @param path that it may lie on
   */
  void redo(JournalRecord round, Batch batch, RoundPath path) {
    long number = round.key().round();
    // A round that leaves out what it had learned comes out differently, as those after it do.
    boolean same = path.without(number).isEmpty();
    if (same) {
      check(round, "examples", round.examples(), batch.records().size());
    }
    if (path.leads(number)) {
      long updates = learn(round, batch).updates();
      updates += judge(round, same);
      if (same) {
        check(round, "updates", round.updates(), updates);
      }
    }
    if (same && path.leads(number) && watched.contains(number)) {
      digests.put(published(round), digest());
    }
    lineage = lineage.after(round, batch.learned());
    done++;
    if (same && path.isLatestPublished(number)) {
      check(round, "weights", round.published().orElseThrow().digest(), digest());
    }
  }

  /** As the journal numbers it, whose numbers go on from those that were there before it. */
  private ModelVersion published(JournalRecord round) {
    return new ModelVersion(lineage.collection(), round.published().orElseThrow().version());
  }

  private Digest digest() {
    return ModelParts.split(learning.weights()).content().digest();
  }

  /** The digests of watched versions that came out of the rounds that they came out of before. */
  Map<ModelVersion, Digest> digests() {
    return Map.copyOf(digests);
  }

  private Learning.Outcome learn(JournalRecord round, Batch batch) {
    if (round.did(Action.CONSOLIDATE)) {
      learning.consolidate();
    } else if (round.did(Action.TRUST)) {
      learning.trust(round.order().flatMap(JournalRecord.Order::control).orElseThrow().name());
    } else if (round.did(Action.ROLLBACK)) {
      forgetSince(round.order().orElseThrow().backTo(), round.key().round());
    } else if (round.begins()) {
      learning.close();
      learning = others.remove(round.key().round());
      remembered = 0;
    } else if (round.did(Action.MERGE)) {
      try (Learning other = others.remove(round.key().round())) {
        learning.merge(other, lineage.nextVersion().number());
      }
    } else if (round.kind() == Kind.FORGET) {
      return forget(round);
    }
    boolean learns =
        round.kind() == Kind.REHEARSE || (round.kind() == Kind.LEARN && !batch.records().isEmpty());
    if (!learns) {
      return Learning.Outcome.NOTHING;
    }
    Learning.Outcome outcome = learning.learn(batch.examples(), round.seed());
    remembered = outcome.remembered();
    return outcome;
  }

  private Learning.Outcome forget(JournalRecord round) {
    DocumentId document = round.forgotten().orElseThrow();
    Learning.Outcome outcome = learning.forget(new DocumentKey(round.key().collection(), document));
    remembered = outcome.remembered();
    return outcome;
  }

  /** What was forgotten stays forgotten, whatever is gone back to. */
  void forgetSince(long after, long before) {
    forgotten.stream()
        .filter(round -> round.key().round() > after && round.key().round() < before)
        .forEach(this::forget);
  }

  /**
   * Lets the gate judge where it has judged.
   *
   * @param same whether it must say the same
   * @return the updates of a refusal
   */
  private long judge(JournalRecord round, boolean same) {
    if (round.verdict().isEmpty()) {
      return 0;
    }
    Verdict verdict =
        learning.judge(learning.weights(), lineage.nextVersion().number(), round.seed());
    if (same) {
      check(round, "verdict", round.verdict().get().outcome(), verdict.outcome());
    }
    return verdict.updates();
  }

  private void check(JournalRecord round, String what, Object expected, Object found) {
    if (!differs && !expected.equals(found)) {
      differs = true;
      measurements.mismatch();
      log.warn(
          "round {} came out differently when it was done again: expected {} {}, found {}",
          round.key(),
          what,
          expected,
          found);
    }
  }

  /** How many rounds were done. */
  int rounds() {
    return done;
  }

  /** How many documents the learner remembers. */
  int remembered() {
    return remembered;
  }

  /** How far the collection is. */
  Lineage lineage() {
    return lineage;
  }

  /** The learner as it is, which closes with this. */
  Learning learning() {
    return learning;
  }

  @Override
  public void close() {
    others.values().forEach(Learning::close);
    learning.close();
  }
}
