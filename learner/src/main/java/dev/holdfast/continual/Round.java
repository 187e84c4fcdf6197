package dev.holdfast.continual;

import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Network;
import dev.holdfast.network.TrainingDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * One round of a {@link ContinualLearner}: documents are met, learned, rehearsed and measured, in
 * this order.
 *
 * <p>Used once; not thread-safe.
 */
final class Round {
  /**
   * Of the rehearsals that a document with a young field gets beyond those of any other, the share
   * that goes to documents with that field. The rest goes to all, so that what is new is learned
   * beside what is old.
   */
  private static final double YOUNG_SHARE = .5;

  /** Learned documents from one look at how much features take to the next. */
  private static final int PRUNE_EVERY = 64;

  private final LearningSettings settings;
  private final LearnerState state;
  private final Network network;
  private final ReplayMemory memory;
  private final Owed owed;
  private final Pretraining pretraining;
  private final SplittableRandom random;
  private final ElasticStep step;

  /**
   * @param state of the learner, which the round changes
   * @param step that every gradient is taken by
   * @param random decides everything that is random in this round
   */
  Round(
      LearningSettings settings,
      LearnerState state,
      ElasticStep step,
      Pretraining pretraining,
      SplittableRandom random) {
    this.settings = settings;
    this.state = state;
    this.step = step;
    this.pretraining = pretraining;
    this.random = random;
    network = state.network;
    memory = state.memory;
    owed = state.owed;
  }

  /** See {@link ContinualLearner#learn}. */
  RoundReport learn(List<Example> examples) {
    List<TrainingDocument> fresh = new ArrayList<>();
    for (Example example : examples) {
      SortedMap<FieldName, Mark> marks = example.taught();
      if (!marks.isEmpty()) {
        fresh.add(network.prepare(example.document(), marks));
      }
    }
    long learnedBefore = state.learned;
    List<TrainingDocument> unknown = fresh.stream().filter(this::unknown).toList();
    unknown.forEach(network::measure);
    fresh.forEach(document -> meet(document));
    boolean drifted = false;
    for (TrainingDocument document : unknown) {
      drifted |= drifted(document);
    }
    if (drifted && state.measured > 0) {
      state.consolidate(); // what was learned before this, as it is before this
    }
    Updates updates = new Updates(settings, state, step, random);
    teach(fresh, updates);
    if (examples.isEmpty()) {
      rehearse(updates);
    }
    measure(fresh);
    boolean due = state.measured >= settings.consolidateEvery();
    if (due) {
      state.consolidate();
    }
    if (state.learned / PRUNE_EVERY > learnedBefore / PRUNE_EVERY) {
      network.prune(settings.featureNumbers(), memory.documents()).ifPresent(memory::renew);
    }
    state.average.updated(updates.count());
    return new RoundReport(
        examples.size(),
        updates.count(),
        updates.meanLoss(),
        memory.size(),
        network.parameters().used(),
        due || drifted);
  }

  /** Learns a round's own documents and what is rehearsed with them. */
  private void teach(List<TrainingDocument> fresh, Updates updates) {
    for (int visit = 0; visit < settings.visits(); visit++) {
      for (TrainingDocument document : fresh) {
        if (visit == 0) {
          // Before the wide part has seen it, what is left over is what it cannot yet do: the best
          // lesson for the encoder.
          updates.learnDeep(document);
        }
        updates.learn(document);
        if (visit == 0) {
          updates.rehearse(settings.rehearsals());
        }
      }
    }
    updates.revisit(fresh);
  }

  /** One helping of idle rehearsal. */
  private void rehearse(Updates updates) {
    int helping = (int) Math.min(settings.helping(), owed.all());
    for (int i = 0; i < helping && memory.size() > 0; i++) {
      updates.learn(owed.next(memory, random));
    }
    for (int i = 0; i < helping && memory.size() > 0; i++) {
      if (random.nextDouble() < settings.encoderShare()) {
        updates.learnDeep(owed.like(memory, random));
      }
      if (random.nextDouble() < settings.maskedShare()) {
        pretraining.learn(
            memory.draw(random).unlabelled(), memory.draw(random).unlabelled(), random);
      }
    }
  }

  /** Measures how much weights matter for documents that were just learned. */
  private void measure(List<TrainingDocument> fresh) {
    for (TrainingDocument document : fresh) {
      state.measured++;
      state.importance.measure(network.likelihood(document), random);
      if (settings.encoderShare() > 0) {
        network.deepGradient(document, Network.Noise.NONE, state.importance.squares(1));
      }
      network.applicabilityGradient(document, Network.Noise.NONE, state.importance.squares(1));
    }
  }

  /** Whether losses have risen with this document, which is not learned yet. */
  private boolean drifted(TrainingDocument document) {
    return state.drift.isPresent()
        && state.drift.get().fresh(loss(document) / Math.max(1, document.marks().size()));
  }

  private double loss(TrainingDocument document) {
    return network.gradient(
        document, Network.Noise.NONE, (part, offset, gradient, from, length, documents) -> {});
  }

  private boolean unknown(TrainingDocument document) {
    return !memory.contains(document.document().key());
  }

  private void meet(TrainingDocument document) {
    Optional<TrainingDocument> before = memory.find(document.document().key());
    if (before.isPresent()) {
      network.countNew(document, before.get());
    } else {
      network.count(document);
      state.learned++;
    }
    memory.offer(document, random);
    owe(document);
  }

  /** Owes a document that was just met the rehearsals that idle time is to be spent on for it. */
  private void owe(TrainingDocument document) {
    int rarest = network.rarest(document);
    int young = settings.youthRehearsals() / rarest - settings.rehearsals() - settings.visits();
    double more = Math.max(0, young - settings.idleRehearsals());
    double share = 1 - state.forgettable();
    owed.add(Math.round(share * (settings.idleRehearsals() + (1 - YOUNG_SHARE) * more)));
    owed.add(
        document.marks().keySet().stream()
            .filter(field -> Math.max(1, network.documentsWith(field)) == rarest)
            .toList(),
        Math.round(share * YOUNG_SHARE * more));
  }
}
