package dev.holdfast.network;

import dev.holdfast.document.Document;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The extractor while it learns: how to make a document ready, and how the likelihood of what is
 * known about it changes with every number in the {@link Parameters}.
 *
 * <p>The wide part learns by itself; the encoder learns what the wide part leaves over, so it can
 * only add. A published version runs in an {@link Extractor}.
 *
 * <p>Not thread-safe: one owner thread, and one deep gradient at a time in the process.
 */
public final class Network {
  private final Model model;
  private final Supervision supervision;
  private final DocumentLoss loss;

  /** An empty network that learns by the standard loss. */
  public Network(Parameters parameters, long seed) {
    this(parameters, seed, Supervision.STANDARD);
  }

  /** An empty network over Holdfast's own encoder. */
  public Network(Parameters parameters, long seed, Supervision supervision) {
    this(parameters, seed, supervision, Optional.empty());
  }

  /**
   * An empty network.
   *
   * @param encoder in place of Holdfast's own, if any
   */
  public Network(
      Parameters parameters, long seed, Supervision supervision, Optional<EncoderFile> encoder) {
    this(new Model(parameters, deep(encoder), seed), supervision);
  }

  private static Encoder deep(Optional<EncoderFile> encoder) {
    return encoder.map(EncoderFile::toLearn).orElse(Convolutions.OWN);
  }

  private Network(Model model, Supervision supervision) {
    this.model = model;
    this.supervision = supervision;
    loss = new DocumentLoss(model, supervision);
  }

  /**
   * How a document is seen while it is learned.
   *
   * @param seed decides which features are left out
   * @param dropout share of features left out
   * @param graft least gradient that brings a pair of feature and field into being
   */
  public record Noise(long seed, float dropout, float graft) {
    /** Sees everything and brings nothing into being: for measuring. */
    public static final Noise NONE = new Noise(1, 0, Float.POSITIVE_INFINITY);
  }

  public Parameters parameters() {
    return model.parameters;
  }

  /** Makes a document ready to be learned; fields never seen before come into being. */
  public TrainingDocument prepare(Document document, SortedMap<FieldName, Mark> marks) {
    return model.prepare(Reading.of(document), marks, supervision.repeats());
  }

  /** Makes a document ready to learn its language from; no field comes into being. */
  public UnlabelledDocument read(Document document) {
    return new UnlabelledDocument(Featurizer.of(Reading.of(document)).ownOnly());
  }

  /** Counts a document's words: once, when it is first learned from. */
  public void count(UnlabelledDocument document) {
    model.countWords(document.features);
  }

  /** Counts a document's features and annotations: once, when it is first learned. */
  public void count(TrainingDocument document) {
    model.count(document);
  }

  /**
   * Counts annotations of a document that was counted before: those of fields that it had none of
   * then. Of the others it notes no more than how long their values are now.
   *
   * @param before the same document as it was counted
   */
  public void countNew(TrainingDocument document, TrainingDocument before) {
    model.companions.count(model.marked(before), model.marked(document));
    String language = document.document().language();
    document.marksInPieces.forEach(
        (name, mark) -> {
          Field field = model.field(name);
          if (before.marks().containsKey(name)) {
            field.noteLengths(mark);
          } else {
            field.count(mark, language);
          }
        });
  }

  /** How many documents spoke of that one of its fields that the fewest spoke of; at least 1. */
  public int rarest(TrainingDocument document) {
    return document.marks().keySet().stream()
        .mapToInt(name -> Math.max(1, model.field(name).documents()))
        .min()
        .orElse(1);
  }

  /** How many documents spoke of a field. */
  public int documentsWith(FieldName name) {
    return model.documentsWith(name);
  }

  /**
   * The negative log-likelihood of what is known about a document under the wide part, with its
   * gradient by the wide part and the chains.
   *
   * @return nats, summed over the known fields
   */
  public double gradient(TrainingDocument document, Noise noise, GradientConsumer consumer) {
    return loss.gradient(document, noise, consumer);
  }

  /**
   * The likelihood of what is known about a document under the wide part, all of which is seen: for
   * measuring.
   */
  public Likelihood likelihood(TrainingDocument document) {
    return loss.likelihood(document);
  }

  /**
   * The negative log-likelihood under both parts, with its gradient by the encoder, its word
   * vectors and its output layers. The wide part stays as it is.
   */
  public double deepGradient(TrainingDocument document, Noise noise, GradientConsumer consumer) {
    return loss.deepGradient(document, noise, consumer);
  }

  /**
   * Counts how right the model is about a document that it has not learned yet, for the calibration
   * of its confidences.
   */
  public void measure(TrainingDocument document) {
    loss.measure(document);
  }

  /**
   * Learns to which documents each field belongs: the gradient of the negative log-likelihood of
   * which fields are marked on this one, for those fields for which it is not settled.
   */
  public void applicabilityGradient(
      TrainingDocument document, Noise noise, GradientConsumer consumer) {
    float[] view = Applicability.seen(document.features.whole, noise);
    BitSet marked = model.marked(document);
    for (int k = 0; k < model.fields.size(); k++) {
      Applicability.gradient(
          model.fields.get(k),
          marked.get(k),
          model.strange(k, marked),
          view,
          model.parameters.weights(),
          consumer);
    }
  }

  /**
   * The negative log-likelihood of words that are hidden from the encoder, among the words of both
   * documents, with its gradient by the encoder and its word vectors; see {@link MaskedWords}.
   *
   * @param others another document, or the same, for its words
   * @param share of the words that are hidden, 0 to 1
   * @param seed decides which
   * @return nats, mean over the hidden words; 0 when there are none, or when the encoder is one
   *     from a file, from which words cannot be hidden
   */
  public double maskedGradient(
      UnlabelledDocument document,
      UnlabelledDocument others,
      double share,
      long seed,
      GradientConsumer consumer) {
    if (!model.deep.readsWords()) {
      return 0;
    }
    return new MaskedWords(model.words, document.features, others.features, share, seed)
        .gradient(model.parameters, model.encoder, model.maskedWords, consumer);
  }

  /**
   * Brings what another network knows into this one: what only the other has comes over as it is,
   * what both have is merged; see {@link ModelMerge}.
   *
   * @param other is not changed
   */
  public void take(Network other, RunMerger merger) {
    new ModelMerge(model, other.model, merger).run();
  }

  /**
   * Bounds what features take, see {@link Pruning}: does nothing while they take no more than that.
   *
   * @param most numbers that features may take: their weights, and one more for each
   * @param documents made ready by this network, that are to be learned further; their features
   *     stay
   * @return the documents to go on with, in their order, in place of those; empty when nothing was
   *     done
   */
  public Optional<List<TrainingDocument>> prune(long most, List<TrainingDocument> documents) {
    Pruning pruning = new Pruning(model);
    if (pruning.size() <= most) {
      return Optional.empty();
    }
    BitSet needed = new BitSet();
    documents.forEach(document -> Arrays.stream(document.rows).forEach(needed::set));
    int[] numbers = pruning.to(most, needed);
    model.compact();
    return Optional.of(documents.stream().map(document -> document.renumbered(numbers)).toList());
  }

  /** The weights as they are now. */
  public Weights weights() {
    return weights(0);
  }

  /**
   * What a learner keeps in place of the weights, as weights.
   *
   * @param plane of the parameters
   */
  public Weights weights(int plane) {
    return WeightsFormat.write(model, plane);
  }

  /** Writes everything that {@link #restore} needs to go on exactly as this one would. */
  public void save(DataOutput out) throws IOException {
    ModelState.save(model, out);
  }

  /**
   * A network that goes on exactly as the saved one would have.
   *
   * @param encoder that it was saved over in place of Holdfast's own, if any
   * @throws IOException when it cannot be read, or was saved over another encoder
   */
  public static Network restore(
      Parameters parameters, Supervision supervision, Optional<EncoderFile> encoder, DataInput in)
      throws IOException {
    return new Network(ModelState.restore(parameters, deep(encoder), in), supervision);
  }

  /**
   * A network that goes on from a version's weights, with nothing in the other planes.
   *
   * @param encoder that they are over in place of Holdfast's own, if any
   * @throws IllegalArgumentException when they are of another format, over another encoder, or do
   *     not fit each other
   */
  public static Network startFrom(
      Parameters parameters,
      Supervision supervision,
      Optional<EncoderFile> encoder,
      Weights weights) {
    return new Network(WeightsFormat.learnOn(weights, parameters, deep(encoder)), supervision);
  }
}
