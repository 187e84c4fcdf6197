package dev.holdfast.learner;

import dev.holdfast.process.DeclaredMeter;

/** The meters of the learner. */
public enum LearnerMeters {
  /** Rounds that were committed. */
  ROUNDS(
      DeclaredMeter.counter(
          "holdfast.learner.rounds",
          "rounds",
          "Rounds that were committed, by what they were spent on: learn, rehearse, publish, obey,"
              + " forget or quarantine.",
          "kind")),

  /** Examples that were learned. */
  EXAMPLES(
      DeclaredMeter.counter(
          "holdfast.learner.examples", "examples", "Examples learned in committed rounds.")),

  /** Examples that nobody taught. */
  NOT_TAUGHT(
      DeclaredMeter.counter(
          "holdfast.learner.not.taught",
          "examples",
          "Examples that say nothing that may be learned, such as those of machines.")),

  /** Examples that came during a pause. */
  POSTPONED(
      DeclaredMeter.counter(
          "holdfast.learner.postponed",
          "examples",
          "Examples that came while operators have their collection paused; they are read again and"
              + " learned when it is resumed.")),

  /** Updates of the weights. */
  UPDATES(
      DeclaredMeter.counter(
          "holdfast.learner.updates", "updates", "Updates of the weights in committed rounds.")),

  /** Time to learn one round. */
  LEARN(DeclaredMeter.timer("holdfast.learner.learn", "Time to learn one round.")),

  /** Time to cut the weights of a version. */
  PUBLISH(DeclaredMeter.timer("holdfast.learner.publish", "Time to cut the weights of a version.")),

  /** Time to judge a version. */
  JUDGE(
      DeclaredMeter.timer(
          "holdfast.learner.judge",
          "Time to take the weights of a version and score them on what is held back; with a"
              + " refusal, to learn again.")),

  /** Versions that were judged. */
  VERDICTS(
      DeclaredMeter.counter(
          "holdfast.learner.verdicts",
          "versions",
          "Versions that the gate judged, by what it said: untested, passed, good or refused.",
          "outcome")),

  /** Examples that were put aside because of a refusal. */
  PUT_ASIDE(
      DeclaredMeter.counter(
          "holdfast.learner.put.aside",
          "examples",
          "Examples that are not learned because a version was refused, or an earlier one for who"
              + " said them; the topic refusals names them.")),

  /** Annotators who are mistrusted; the first 100 collections only. */
  MISTRUSTED(
      DeclaredMeter.gauge(
          "holdfast.learner.mistrusted",
          "annotators",
          "Annotators whom a version was refused for: of their next examples only those are learned"
              + " that the last good version agrees with.",
          "collection")),

  /** Documents that are held back. */
  HELD_BACK(
      DeclaredMeter.counter(
          "holdfast.learner.held.back",
          "examples",
          "Examples that were held back from learning, to score versions on.")),

  /** Time to write and commit a transaction. */
  COMMIT(
      DeclaredMeter.timer(
          "holdfast.learner.commit",
          "Time to write and commit one transaction, weights included.")),

  /** From an annotation to the version that learned it. */
  LEARN_TO_PUBLISH(
      DeclaredMeter.timer(
          "holdfast.learner.learn.to.publish",
          "From the timestamp of an annotation to the commit of the version that learned it.")),

  /** Bytes of all versions. */
  PUBLISHED_BYTES(
      DeclaredMeter.counter(
          "holdfast.learner.published", "bytes", "Bytes of weights in committed versions.")),

  /** Number of the newest version of a collection; the first 100 collections only. */
  VERSION(
      DeclaredMeter.gauge(
          "holdfast.learner.version",
          "",
          "Number of the newest version of a collection.",
          "collection")),

  /** Number of the version that a collection's learner goes on from; the first 100 only. */
  PARENT(
      DeclaredMeter.gauge(
          "holdfast.learner.parent",
          "",
          "Number of the version that a collection's learner goes on from: the newest, or the one that it was rolled back to.",
          "collection")),

  /** Documents that a collection's learner remembers; the first 100 collections only. */
  REMEMBERED(
      DeclaredMeter.gauge(
          "holdfast.learner.remembered",
          "documents",
          "Documents that a collection's learner remembers.",
          "collection")),

  /** Documents that there is room to remember. */
  MEMORY(
      DeclaredMeter.gauge(
          "holdfast.learner.memory",
          "documents",
          "Documents that the learner of a collection has room to remember.")),

  /** The elastic penalty of a collection's newest version; the first 100 collections only. */
  PENALTY(
      DeclaredMeter.gauge(
          "holdfast.learner.elastic.penalty",
          "nats",
          "Elastic penalty of the newest version: half of lambda times importance times the square"
              + " of how far weights have moved, summed. Lambda grows with the share of documents"
              + " that are not remembered.",
          "collection")),

  /** Importance of all weights; the first 100 collections only. */
  IMPORTANCE(
      DeclaredMeter.gauge(
          "holdfast.learner.importance",
          "",
          "Importance of all weights for what was learned before the last consolidation, the sum of"
              + " their Fisher information.",
          "collection")),

  /** How far weights have moved; the first 100 collections only. */
  DISTANCE(
      DeclaredMeter.gauge(
          "holdfast.learner.anchor.distance",
          "",
          "How far the weights that matter have moved since the last consolidation, the root of the"
              + " sum of squares.",
          "collection")),

  /** Examples that were read and not learned yet. */
  WAITING(
      DeclaredMeter.gauge(
          "holdfast.learner.waiting", "examples", "Examples read and not learned yet.")),

  /** Checkpoints that were committed. */
  CHECKPOINTS(
      DeclaredMeter.counter(
          "holdfast.learner.checkpoints", "checkpoints", "Checkpoints that were committed.")),

  /** Time to restore one partition's collections. */
  RESTORE(
      DeclaredMeter.timer(
          "holdfast.learner.restore",
          "Time to restore the collections of one partition from checkpoints and journal.")),

  /** Rounds that were done again. */
  RELEARNED(
      DeclaredMeter.counter(
          "holdfast.learner.relearned", "rounds", "Journalled rounds done again by restoring.")),

  /** Collections whose rounds came out differently. */
  MISMATCHES(
      DeclaredMeter.counter(
          "holdfast.learner.mismatches",
          "collections",
          "Collections whose journalled rounds, done again, led to other weights.")),

  /** Checkpoints that could not be used. */
  UNUSABLE_CHECKPOINTS(
      DeclaredMeter.counter(
          "holdfast.learner.unusable.checkpoints",
          "checkpoints",
          "Checkpoints that could not be used; earlier ones or the journal took their place.")),

  /** Transactions that were aborted. */
  ABORTS(
      DeclaredMeter.counter(
          "holdfast.learner.aborts",
          "transactions",
          "Transactions aborted; the state was restored from the log.")),

  /** Examples that were put aside. */
  QUARANTINED(
      DeclaredMeter.counter(
          "holdfast.learner.quarantined",
          "examples",
          "Examples that the learner failed on; they are in the topic rejected.")),

  /** Messages of operators that name no collection. */
  UNREADABLE_ORDERS(
      DeclaredMeter.counter(
          "holdfast.learner.unreadable.orders",
          "messages",
          "Messages to control whose key is no name of a collection."));

  private final DeclaredMeter declared;

  LearnerMeters(DeclaredMeter declared) {
    this.declared = declared;
  }

  /** Its declaration. */
  public DeclaredMeter declared() {
    return declared;
  }
}
