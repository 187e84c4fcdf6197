package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Network;
import dev.holdfast.network.TrainingDocument;
import dev.holdfast.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * The learner of one collection: fed examples in rounds, it learns them, rehearses what it
 * remembers, holds its weights near what mattered, and can be asked for its weights at any time.
 * The same rounds with the same seeds give the same weights to the bit.
 *
 * <p>Not thread-safe: one owner thread.
 */
public final class ContinualLearner {
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
  private final Optional<DriftResponse> drift;
  private final ElasticStep step;
  private final Pretraining pretraining;
  private final Importance importance;

  /** A learner that knows nothing yet. */
  public ContinualLearner(LearningSettings settings) {
    this(settings, LearnerState.begin(settings));
  }

  /**
   * A learner that begins with what a version knows, remembers none of the documents behind it, and
   * holds it no more than what it learns itself.
   *
   * @throws IllegalArgumentException when the weights are of another format or over another encoder
   */
  public static ContinualLearner startFrom(LearningSettings settings, Weights weights) {
    return new ContinualLearner(settings, LearnerState.startFrom(settings, weights));
  }

  private ContinualLearner(LearningSettings settings, LearnerState state) {
    this.settings = settings;
    this.state = state;
    network = state.network;
    memory = state.memory;
    owed = state.owed;
    drift = state.drift;
    step = new ElasticStep(network.parameters(), settings.step());
    pretraining = new Pretraining(network, step, settings);
    importance = new Importance(network.parameters(), settings.importance());
  }

  /**
   * One round: learns the examples and the rehearsals that belong to them at once, or, when there
   * are none, one helping of idle rehearsal.
   *
   * @param examples what is taught of each is learned; an example that teaches nothing changes
   *     nothing
   * @param seed decides everything that is random in this round
   */
  public RoundReport learn(List<Example> examples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
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
    fresh.forEach(document -> meet(document, random));
    boolean drifted = false;
    for (TrainingDocument document : unknown) {
      drifted |= drifted(document);
    }
    if (drifted && state.measured > 0) {
      consolidate(); // what was learned before this, as it is before this
    }
    Updates updates = new Updates(settings, state, step, random);
    teach(fresh, updates);
    if (examples.isEmpty()) {
      rehearse(updates, random);
    }
    measure(fresh, random);
    boolean due = state.measured >= settings.consolidateEvery();
    if (due) {
      consolidate();
    }
    if (state.learned / PRUNE_EVERY > learnedBefore / PRUNE_EVERY) {
      network.prune(settings.featureNumbers(), memory.documents()).ifPresent(memory::renew);
    }
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
  private void rehearse(Updates updates, SplittableRandom random) {
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
  private void measure(List<TrainingDocument> fresh, SplittableRandom random) {
    for (TrainingDocument document : fresh) {
      state.measured++;
      importance.measure(network.likelihood(document), random);
      if (settings.encoderShare() > 0) {
        network.deepGradient(document, Network.Noise.NONE, importance.squares(1));
      }
      network.applicabilityGradient(document, Network.Noise.NONE, importance.squares(1));
    }
  }

  /** Whether losses have risen with this document, which is not learned yet. */
  private boolean drifted(TrainingDocument document) {
    return drift.isPresent()
        && drift.get().fresh(loss(document) / Math.max(1, document.marks().size()));
  }

  private double loss(TrainingDocument document) {
    return network.gradient(
        document, Network.Noise.NONE, (part, offset, gradient, from, length, documents) -> {});
  }

  /** Learns the language of documents whatever is known of their fields. */
  public Pretraining pretraining() {
    Updates.free(state, step); // a restored learner has made no update yet that would have
    return pretraining;
  }

  /**
   * Adds the importance measured since the last time to what is held, and anchors the weights where
   * they are now. Does nothing when nothing was measured.
   */
  public void consolidate() {
    if (state.measured > 0) {
      importance.consolidate(state.measured);
      state.measured = 0;
    }
  }

  /**
   * Remembers a document no more; what the weights have learned from it stays in them.
   *
   * @return how many are remembered afterwards
   */
  public int forget(DocumentKey document) {
    memory.remove(document);
    return memory.size();
  }

  /** How strongly weights are held now. */
  public Held held() {
    return Held.of(network.parameters(), step.lambda());
  }

  /** Whether idle time would still be well spent on rehearsal. */
  public boolean wantsRehearsal() {
    return owed.all() > 0 && memory.size() > 0;
  }

  /** Owes so many rehearsals more in idle time. */
  void rehearseMore(int count) {
    owed.add(count);
  }

  /** How many learned documents spoke of a field. */
  int documentsWith(FieldName field) {
    return network.documentsWith(field);
  }

  /** What a round of no examples to learn and no rehearsal does. */
  RoundReport nothing() {
    return new RoundReport(0, 0, 0, memory.size(), network.parameters().used(), false);
  }

  private boolean unknown(TrainingDocument document) {
    return !memory.contains(document.document().key());
  }

  private void meet(TrainingDocument document, SplittableRandom random) {
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

  /** The weights as they are now, to publish. */
  public Weights weights() {
    return network.weights();
  }

  /** How many different documents were learned. */
  public long learned() {
    return state.learned;
  }

  /**
   * Writes everything that {@link #restore} needs.
   *
   * <pre>
   *   int format = 4, int planes
   *   boolean whether it responds to drift; if so, what it knows of that
   *   what is owed
   *   long learned, measured since the last consolidation
   *   the network
   *   long seen, int remembered, each: int length, JSON of the example
   * </pre>
   */
  public void save(DataOutput out) throws IOException {
    state.save(out);
  }

  /**
   * A learner that goes on exactly as the saved one would have: same rounds, same weights to the
   * bit.
   *
   * @throws IOException when the state cannot be read or is of another format
   */
  public static ContinualLearner restore(LearningSettings settings, DataInput in)
      throws IOException {
    return new ContinualLearner(settings, LearnerState.restore(settings, in));
  }

  /**
   * The learner of another collection that begins with all that this one knows – weights, what is
   * kept beside them, and counts – and has none of its documents. It holds what this one has
   * learned like anything that it can no longer rehearse.
   */
  public ContinualLearner fork() {
    return new ContinualLearner(settings, state.fork(settings));
  }

  /**
   * A learner that goes on from this one and knows what another knows as well: weights that both
   * have are merged by their importance, see {@link FisherMerge}; documents are those of this one.
   * Neither of the two changes.
   *
   * @param other of the same settings
   */
  ContinualLearner merged(ContinualLearner other) {
    ContinualLearner theirs = other.fork();
    ContinualLearner merged = backTo(settings, snapshot());
    theirs.consolidate();
    merged.consolidate();
    merged.network.take(theirs.network, new FisherMerge(learned(), other.learned()));
    // What the other one has learned since it began, and did not know from elsewhere.
    merged.state.learned += other.memory.seen();
    return merged;
  }

  /** How the learner is now, to go back to it. */
  LearnerState.Snapshot snapshot() {
    return state.snapshot();
  }

  /** A learner as it was: same rounds, same weights to the bit. */
  static ContinualLearner backTo(LearningSettings settings, LearnerState.Snapshot snapshot) {
    return new ContinualLearner(settings, LearnerState.backTo(settings, snapshot));
  }
}
