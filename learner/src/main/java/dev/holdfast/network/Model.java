package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * The parts of a network and where each lies in the {@link Parameters}. Not thread-safe while it
 * grows.
 */
final class Model {
  /** Chains begin with the opinion that a token is most likely outside of any value. */
  private static final float INITIAL_BIAS = -2;

  /** Documents with a field after which the encoder's say in it is half of its full weight. */
  private static final float HALF_TRUST = 64;

  final Parameters parameters;
  final List<Field> fields = new ArrayList<>();
  final WideTable wide;
  final EmbeddingTable words;
  final Companions companions = new Companions();

  /** The deep part. */
  final Encoder deep;

  /** Where the encoder's weights lie. */
  final int encoder;

  /** How many documents were counted. */
  int documents;

  /** Where the {@link MaskedWords} task has its own weights, if the encoder can learn by it. */
  final int maskedWords;

  private final Map<FieldName, Integer> numbers = new HashMap<>();

  /** An empty one with a fresh encoder. */
  Model(Parameters parameters, Encoder deep, long seed) {
    this(parameters, deep);
    deep.initialize(parameters.weights(), encoder, seed);
    if (deep.readsWords()) {
      MaskedWords.initialize(parameters.weights(), maskedWords, seed);
    }
  }

  /** An empty one whose encoder's weights are still to be filled in. */
  Model(Parameters parameters, Encoder deep) {
    this.parameters = parameters;
    this.deep = deep;
    wide = new WideTable(parameters, 1 << 12);
    words = new EmbeddingTable(parameters, 1 << 12);
    encoder = parameters.allocate(deep.parameters());
    maskedWords = parameters.allocate(maskedParameters());
  }

  /** How many weights the {@link MaskedWords} task has of its own. */
  int maskedParameters() {
    return deep.readsWords() ? MaskedWords.PARAMETERS : 0;
  }

  Field field(FieldName name) {
    return fields.get(numbers.get(name));
  }

  /** How many documents spoke of a field; 0 when it is new. */
  int documentsWith(FieldName name) {
    return numbers.containsKey(name) ? field(name).documents() : 0;
  }

  /** The number of a field, which comes into being when it is new. */
  int number(FieldName name) {
    Integer known = numbers.get(name);
    if (known != null) {
      return known;
    }
    Field field = addField(name);
    parameters.weights()[field.chain + Chain.BIAS] = INITIAL_BIAS;
    parameters.weights()[field.chain + Chain.BIAS + 1] = INITIAL_BIAS;
    parameters.weights()[field.applicability + Applicability.WIDTH] =
        -(float) Math.log1p(documents);
    return fields.size() - 1;
  }

  /** A new field whose numbers are all zero. */
  Field addField(FieldName name) {
    Field field =
        new Field(
            name,
            parameters.allocate(Chain.RUN),
            parameters.allocate(deep.head()),
            parameters.allocate(Applicability.RUN));
    numbers.put(name, fields.size());
    fields.add(field);
    return field;
  }

  /** Closes the gaps between its parts. The encoder, which came first, has none before it. */
  void compact() {
    IntUnaryOperator to = parameters.compact();
    fields.forEach(field -> field.moved(to));
    words.moved(to);
    wide.moved(to);
  }

  /** Makes a document ready to be learned; fields never seen before come into being. */
  TrainingDocument prepare(
      Reading reading, SortedMap<FieldName, Mark> marks, Supervision.Repeats repeats) {
    Map<FieldName, Integer> known = new HashMap<>();
    marks.keySet().forEach(name -> known.put(name, number(name)));
    Features features = Featurizer.of(reading);
    FeatureIndex found = new FeatureIndex(1 << 10);
    int[] local = new int[features.wide.length];
    for (int f = 0; f < local.length; f++) {
      local[f] = found.findOrAdd(wide.row(features.wide[f]));
    }
    int[] rows = new int[found.size()];
    Arrays.setAll(rows, found::feature);
    return new TrainingDocument(reading, marks, features, rows, local, known, repeats);
  }

  /** Counts a document's features and annotations. */
  void count(TrainingDocument document) {
    for (int row : document.rows) {
      wide.sightings.count(row, documents);
    }
    countWords(document.features);
    documents++;
    BitSet marked = marked(document);
    float[] view = document.features.whole;
    for (int k = 0; k < fields.size(); k++) {
      Field field = fields.get(k);
      Applicability.count(field, marked.get(k), strange(k, marked), view, parameters.weights());
      if (marked.get(k)) {
        Applicability.recognised(field, view, parameters.weights());
      }
    }
    companions.count(new BitSet(), marked);
    String language = document.document().language();
    document.marksInPieces.forEach((name, mark) -> field(name).count(mark, language));
  }

  /** Numbers of the fields that are marked on a document. */
  BitSet marked(TrainingDocument document) {
    BitSet marked = new BitSet();
    document.marks().keySet().forEach(name -> marked.set(numbers.get(name)));
    return marked;
  }

  /** How sure it is that a field does not belong to a document on which these are marked. */
  float strange(int field, BitSet marked) {
    Field asked = fields.get(field);
    float believed = marked.get(field) ? 0 : Applicability.believed(asked);
    return believed == 0
        ? 0
        : believed * companions.strange(field, marked, Applicability.caution(asked.markedShare));
  }

  /**
   * How sure it is that a field does not belong where another one does, {@code [fields][others]},
   * as far as it is believed.
   */
  float[][] strange() {
    float[][] strange = new float[fields.size()][fields.size()];
    for (int k = 0; k < strange.length; k++) {
      Field field = fields.get(k);
      float believed = Applicability.believed(field);
      float share = Applicability.caution(field.markedShare);
      for (int other = 0; other < strange.length; other++) {
        strange[k][other] = believed * companions.strange(k, other, share);
      }
    }
    return strange;
  }

  /**
   * Which fields belong to a document, given its view: those for which the probability h is not
   * below half of {@link Applicability#caution}, where h is less by as much as it is sure that some
   * field belongs that is strange to it.
   *
   * @param strange see {@link #strange()}
   */
  BitSet belonging(float[] view, float[][] strange) {
    float[] h = new float[strange.length];
    for (int k = 0; k < h.length; k++) {
      h[k] = Applicability.belongs(view, parameters.weights(), fields.get(k).applicability);
    }
    BitSet belonging = new BitSet();
    for (int k = 0; k < h.length; k++) {
      float least = .5f * Applicability.caution(fields.get(k).markedShare);
      float against = 0;
      for (int other = 0; other < h.length && h[k] >= least; other++) {
        against = Math.max(against, strange[k][other] * h[other]);
      }
      belonging.set(k, h[k] * (1 - against) >= least);
    }
    return belonging;
  }

  void countWords(Features features) {
    if (!deep.readsWords()) {
      return;
    }
    FeatureIndex once = new FeatureIndex(1 << 10);
    for (int feature : features.own) {
      int before = once.size();
      if (once.findOrAdd(feature) == before) {
        words.countDocument(words.row(feature), documents);
      }
    }
  }

  /** The encoder's say in a field: it grows with the documents that spoke of it. */
  static float trust(Field field) {
    return field.documents() / (field.documents() + HALF_TRUST);
  }

  /**
   * The output layers of some fields, {@code [2 × fields, width + 1]}, each times the trust in the
   * encoder.
   */
  private float[] heads(int[] selected) {
    int length = deep.head();
    float[] heads = new float[selected.length * length];
    float[] weights = parameters.weights();
    for (int j = 0; j < selected.length; j++) {
      Field field = fields.get(selected[j]);
      float trust = trust(field);
      for (int k = 0; k < length; k++) {
        heads[j * length + k] = trust * weights[field.head + k];
      }
    }
    return heads;
  }

  /**
   * The encoder with the weights that it has now, for some fields; to be closed.
   *
   * @param vectors of words, read now and later
   */
  Encoder.Loaded load(WordVectors vectors, int[] selected) {
    return deep.load(vectors, encoderWeights(), heads(selected));
  }

  private float[] encoderWeights() {
    return Arrays.copyOfRange(parameters.weights(), encoder, encoder + deep.parameters());
  }

  /** The encoder's logits of the known fields, {@code [tokens, 2 × fields]}. */
  float[] deepLogits(TrainingDocument document) {
    return deep.logits(
        words, encoderWeights(), heads(document.fields), document.reading, document.features);
  }

  /** Carries a gradient by the encoder's logits of the known fields back to all that made them. */
  void deepGradient(
      TrainingDocument document, UnaryOperator<float[]> byLogits, GradientConsumer consumer) {
    Encoder.Gradients gradients =
        deep.gradients(words, document, encoderWeights(), heads(document.fields), byLogits);
    int length = deep.head();
    for (int j = 0; j < document.fields.length; j++) {
      Field field = fields.get(document.fields[j]);
      float trust = trust(field);
      for (int k = j * length; k < (j + 1) * length; k++) {
        gradients.head[k] *= trust;
      }
      consumer.accept(
          GradientConsumer.Part.HEAD, field.head, gradients.head, j * length, length, 0);
    }
    if (deep.parameters() > 0) {
      consumer.accept(
          GradientConsumer.Part.ENCODER, encoder, gradients.flat, 0, deep.parameters(), 0);
    }
    if (deep.readsWords()) {
      words.backward(document.features, gradients.input, consumer);
    }
  }

  /** Whether the encoder has learned anything that could change a logit. */
  boolean hasDeepLogits() {
    for (Field field : fields) {
      for (int k = 0; k < deep.head(); k++) {
        if (parameters.weights()[field.head + k] != 0) {
          return true;
        }
      }
    }
    return false;
  }
}
