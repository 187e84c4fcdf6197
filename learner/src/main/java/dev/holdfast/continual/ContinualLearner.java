package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.network.Network;
import dev.holdfast.network.Weights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The learner of one collection: fed examples in rounds, it learns them, rehearses what it
 * remembers, holds its weights near what mattered, and can be asked for its weights at any time.
 * The same rounds with the same seeds give the same weights to the bit.
 *
 * <p>Not thread-safe: one owner thread.
 */
public final class ContinualLearner {
  private final LearningSettings settings;
  private final LearnerState state;
  private final Network network;
  private final ReplayMemory memory;
  private final Owed owed;
  private final ElasticStep step;
  private final Pretraining pretraining;

  /** A learner that knows nothing yet. */
  public ContinualLearner(LearningSettings settings) {
    this(settings, LearnerState.begin(settings));
  }

  /**
   * A learner that begins with what a version knows, remembers none of the documents behind it, and
   * holds it no more than what it learns itself.
   *
   * @throws IllegalArgumentException when the weights are of another format, over another encoder,
   *     or do not fit each other
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
    step = new ElasticStep(network.parameters(), settings.step());
    pretraining = new Pretraining(network, step, settings);
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
    return new Round(settings, state, step, pretraining, new SplittableRandom(seed))
        .learn(examples);
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
    state.consolidate();
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

  /** The weights to publish as they are now: themselves, or their mean. */
  public Weights weights() {
    return network.weights(state.average.plane());
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
