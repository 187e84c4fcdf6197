package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.Held;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Digest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * The learner of one collection, as its rounds see it. The same rounds with the same seeds lead to
 * the same weights, also over a save and a restore between them; asking for weights or saving
 * changes nothing.
 *
 * <p>Not thread-safe: one owner thread.
 */
public interface Learning extends AutoCloseable {

  /** Where learners come from. */
  interface Source {
    /** A learner that has learned nothing. */
    Learning begin();

    /**
     * The learner that {@link Learning#save} wrote.
     *
     * @throws IOException when the bytes are no learner of this configuration
     */
    Learning restore(DataInput in) throws IOException;

    /**
     * A learner that begins with what a version knows, and remembers none of the documents behind
     * it.
     *
     * @throws IllegalArgumentException when the weights are of another format
     */
    Learning startFrom(Weights weights);

    /** Names all that learning depends on besides examples and seeds. */
    Digest configuration();
  }

  /**
   * What a round did.
   *
   * @param updates of the weights
   * @param remembered documents in memory afterwards
   * @param notLearned what was given and not learned
   */
  record Outcome(long updates, int remembered, NotLearned notLearned) {
    /** A round that only publishes. */
    static final Outcome NOTHING = nothing(0);

    public Outcome {
      requireNonNull(notLearned, "notLearned is null");
    }

    /** A round that learns nothing. */
    public static Outcome nothing(int remembered) {
      return new Outcome(0, remembered, NotLearned.NONE);
    }
  }

  /**
   * Learns the examples and the rehearsals that belong to them, or, when there are none, one
   * helping of idle rehearsal.
   */
  Outcome learn(List<Example> examples, long seed);

  /** Remembers a document no more; what the weights have learned from it stays in them. */
  Outcome forget(DocumentKey document);

  /** Holds the weights as they are now from here on, with the importance measured so far. */
  void consolidate();

  /**
   * Learns from an annotator again as from anybody, whom a version was refused for.
   *
   * @return whether they were mistrusted; otherwise nothing changes
   */
  boolean trust(String annotator);

  /** How many annotators are mistrusted. */
  int mistrusted();

  /** The learner of another collection that begins with all that this one knows but documents. */
  Learning fork();

  /**
   * Takes in what the learner of another collection knows, unless that would lose too much of what
   * is known here: then nothing changes.
   *
   * @param other comes from the same source, and does not change
   * @param version number that the outcome would be published under
   * @return where too much would be lost; empty when it was taken in
   */
  List<Verdict.Fall> merge(Learning other, long version);

  /** Whether idle time would still be well spent on rehearsal. */
  boolean wantsRehearsal();

  /** How strongly its weights are held now. */
  Held held();

  /** The weights as they are now, to judge and to publish. */
  Weights weights();

  /**
   * Says whether the weights may be published. If not, the learner has gone back by then to what it
   * was with the last good version, and has learned again what is not put aside.
   *
   * @param weights of now
   * @param version number that they would be published under
   * @param seed decides what is random about learning again
   */
  Verdict judge(Weights weights, long version, long seed);

  /** Writes all of its state. */
  void save(DataOutput out) throws IOException;

  @Override
  void close();
}
