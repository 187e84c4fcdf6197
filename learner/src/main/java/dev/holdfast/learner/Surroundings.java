package dev.holdfast.learner;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.DocumentId;
import dev.holdfast.version.Digest;
import dev.holdfast.version.ModelVersion;
import dev.holdfast.wire.BadInput;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * What the rounds of all partitions of a process share.
 *
 * @param settings how rounds are run
 * @param learners where learners come from
 * @param commands what operators ask
 * @param partitions by which partition of {@code examples} a collection comes
 * @param past how collections were earlier
 * @param suspects what the learner has failed on
 * @param measurements what is reported
 * @param clock for what is due
 */
record Surroundings(
    LearnerSettings settings,
    Learning.Source learners,
    Commands commands,
    ToIntFunction<CollectionName> partitions,
    Past past,
    Suspects suspects,
    LearnerMeasurements measurements,
    InstantSource clock) {

  /** How collections were earlier. */
  interface Past {
    /**
     * The learner of a collection as it was after an earlier round, be it one that a rollback has
     * given up since; but what was forgotten after it stays forgotten.
     *
     * @param partition of {@code examples}
     */
    Learning after(int partition, RoundKey round);

    /**
     * The learner of a collection as it would be had it never learned a document.
     *
     * @param partition of {@code examples}
     * @param last the collection's latest round
     * @return empty when it has not learned the document
     */
    Optional<Without> without(int partition, RoundKey last, DocumentId document);

    /**
     * A learner that begins with weights from {@code models.in}.
     *
     * @throws BadInput when they are not there, or no weights to learn on from
     */
    Learning imported(Digest digest) throws BadInput;

    /**
     * The learner of another collection as it was with a version that is kept; to be closed.
     *
     * @throws BadInput when the version is not kept, or the journal does not know its round
     */
    Other other(ModelVersion version) throws BadInput;
  }

  /**
   * A learner of another collection.
   *
   * @param learning as it was
   * @param taken where it was
   */
  record Other(Learning learning, JournalRecord.Taken taken) {}

  /**
   * A learner that has never learned a document.
   *
   * @param learning after the collection's latest round
   * @param cleanTo number of the last round that had not learned it in the first place
   * @param cost of making it
   */
  record Without(Learning learning, long cleanTo, JournalRecord.Relearned cost) {}
}
