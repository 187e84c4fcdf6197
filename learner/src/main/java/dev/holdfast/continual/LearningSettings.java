package dev.holdfast.continual;

import dev.holdfast.network.EncoderFile;
import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Supervision;
import dev.holdfast.process.SettingsReader;
import java.util.Map;
import java.util.Optional;

/**
 * How the learner learns. The defaults serve every kind of document alike.
 *
 * @param wideRate step size of the wide part
 * @param chainRate step size of starts, transitions and biases
 * @param encoderRate step size of the encoder, its word vectors and its output layers
 * @param applicabilityRate step size of what says to which documents a field belongs, which is
 *     learned by plain gradient descent
 * @param weightDecay pull of the wide part to 0, divided by the documents that have the feature
 * @param dropout share of a document's features that one visit does not see, 0 to less than 1
 * @param encoderShare share of idle rehearsals that the encoder joins; 0 leaves the encoder out
 * @param encoderDropout share of the wide part's features that it does not see while the encoder
 *     learns
 * @param maskedShare share of idle rehearsals in which the encoder also guesses hidden words
 * @param maskedWords share of the words that are hidden from it then, and in all pre-training
 * @param graft least gradient that brings a pair of feature and field into being
 * @param visits how often a new document is learned at once
 * @param rehearsals how many remembered documents are learned at once for each new one
 * @param idleRehearsals how many more for each new one when nothing else waits, times the share of
 *     learned documents that memory holds
 * @param youthRehearsals how many in all for the first document with a field; the k-th gets a k-th
 *     of it if that is more
 * @param revisits how often a new document is learned again in its own round when it will not be
 *     remembered; less by the share of learned documents that memory holds, more for a young field
 * @param helping how many remembered documents one idle round learns
 * @param supervision how what is known becomes a loss
 * @param memoryDocuments how many documents are remembered at most; 0 remembers none
 * @param featureNumbers most numbers that features may take: their weights, and one more for each;
 *     beyond that those go that are least to be expected again
 * @param lambda strength of the elastic step when nothing is remembered, less as more is; 0
 *     switches it off
 * @param startPull strength of the pull of the encoder to its first weights; 0 switches it off
 * @param emaDecay what the mean of the weights that is published keeps of itself with each update;
 *     0 publishes the weights as they are
 * @param optimizer how a gradient becomes a step
 * @param importanceEstimator what is measured of a document to say how much each weight matters
 * @param importanceDecay what is kept of the importance with each learned document, 0 to 1
 * @param importanceNormalised whether each learned document adds an importance of mean 1
 * @param importanceClip most that a learned document adds to a weight's importance, on average from
 *     one consolidation to the next; 0 for no bound
 * @param consolidateEvery how many learned documents from one consolidation to the next, at the end
 *     of a round
 * @param drift what happens when fresh documents are no longer what was learned
 * @param gate what is held back from learning, and when a version is refused
 * @param seed of the encoder's first weights
 * @param encoder from a file in place of Holdfast's own, if any; its keys stand below {@code
 *     learner.encoder.}
 */
public record LearningSettings(
    double wideRate,
    double chainRate,
    double encoderRate,
    double applicabilityRate,
    double weightDecay,
    double dropout,
    double encoderShare,
    double encoderDropout,
    double maskedShare,
    double maskedWords,
    double graft,
    int visits,
    int rehearsals,
    int idleRehearsals,
    int youthRehearsals,
    int revisits,
    int helping,
    Supervision supervision,
    int memoryDocuments,
    int featureNumbers,
    double lambda,
    double startPull,
    double emaDecay,
    StepSettings.Rule optimizer,
    Estimator importanceEstimator,
    double importanceDecay,
    boolean importanceNormalised,
    double importanceClip,
    int consolidateEvery,
    DriftSettings drift,
    GateSettings gate,
    int seed,
    Optional<EncoderFile> encoder) {

  /** What holds when nothing is set. */
  public static final LearningSettings DEFAULT = from(new SettingsReader(Map.of(), "learning"));

  /** Reads the settings; problems are left with the reader. */
  public static LearningSettings from(SettingsReader reader) {
    return new LearningSettings(
        reader.number("learning.wide-rate", .002, 0, 1),
        reader.number("learning.chain-rate", .02, 0, 1),
        reader.number("learning.encoder-rate", .001, 0, 1),
        reader.number("learning.applicability-rate", .05, 0, 1),
        reader.number("learning.weight-decay", .3, 0, 100),
        reader.number("learning.dropout", .3, 0, .95),
        reader.number("learning.encoder-share", .1, 0, 1),
        reader.number("learning.encoder-dropout", .6, 0, .95),
        reader.number("learning.masked-share", .3, 0, 1),
        reader.number("learning.masked-words", .2, .01, .9),
        reader.number("learning.graft", .05, 0, 1),
        reader.integer("learning.visits", 2, 1, 100),
        reader.integer("learning.rehearsals", 6, 0, 1_000),
        reader.integer("learning.idle-rehearsals", 24, 0, 10_000),
        reader.integer("learning.youth-rehearsals", 800, 0, 100_000),
        reader.integer("learning.revisits", 24, 0, 10_000),
        reader.integer("learning.helping", 16, 1, 10_000),
        new Supervision(
            reader.choice("learning.loss", Supervision.STANDARD.loss()),
            reader.choice("learning.repeats", Supervision.STANDARD.repeats())),
        reader.integer("learning.memory-documents", 1_000, 0, 1_000_000),
        reader.integer("learning.feature-numbers", 5_000_000, 1_000, Integer.MAX_VALUE),
        reader.number("learning.elastic-lambda", 10, 0, 1e12),
        reader.number("learning.start-pull", 0, 0, 1e12),
        reader.number("learning.ema-decay", 0, 0, .99999),
        reader.choice("learning.optimizer", StepSettings.Rule.ADAM),
        estimator(reader),
        reader.number("learning.importance-decay", .999, 0, 1),
        reader.flag("learning.importance-normalised", false),
        reader.number("learning.importance-clip", 0, 0, 1e12),
        reader.integer("learning.consolidate-every", 1, 1, 1_000_000),
        DriftSettings.from(reader),
        GateSettings.from(reader),
        reader.integer("learning.seed", 1, 0, Integer.MAX_VALUE),
        EncoderFile.toLearn(reader));
  }

  private static Estimator estimator(SettingsReader reader) {
    String key = "learning.importance-estimator";
    Estimator estimator = reader.choice(key, Estimator.EMPIRICAL);
    if (estimator == Estimator.EXACT) {
      reader.problem(key, "an estimator that need not sum over every labelling", "exact");
    }
    return estimator;
  }

  /** How weights are stepped and held. */
  StepSettings step() {
    return new StepSettings(
        optimizer,
        Map.of(
            Part.WIDE, wideRate,
            Part.CHAIN, chainRate,
            Part.EMBEDDING, encoderRate,
            Part.ENCODER, encoderRate,
            Part.HEAD, encoderRate,
            Part.APPLICABILITY, applicabilityRate),
        weightDecay,
        lambda,
        startPull,
        emaDecay);
  }

  /** How it is measured what matters, and how it adds up. */
  ImportanceSettings importance() {
    return new ImportanceSettings(
        importanceEstimator,
        ImportanceSettings.Unit.EXAMPLE,
        importanceDecay,
        importanceNormalised,
        importanceClip > 0 ? importanceClip : Double.POSITIVE_INFINITY,
        ImportanceSettings.Anchor.LATEST);
  }
}
