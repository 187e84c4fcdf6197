package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Model} as {@link Weights} and back. Counts of features are not part of it: they matter
 * to learning alone.
 *
 * <pre>
 *   metadata  format = 1, fields = their names, one a line; format = 2 over an encoder from a file,
 *             encoder = its digest
 *   field.counts   I32 [fields, 11]           present, absent, many-valued, values, in pieces, longest,
 *                                             values that show each kind
 *   chain          F32 [fields, 14]           see Chain
 *   head           F32 [2 × fields, width + 1]   output layers over the encoder, whose width is 64
 *   calibration    F32 [fields, 3]            see Calibration
 *   applicability  F32 [fields, 259]          see Applicability; the last two are c and how well the
 *                                             field is told apart
 *   companions.documents I32 [fields], companions.ends I32 [fields], companions.met I32 [k]
 *                                             see Companions; numbers of the fields that each has met
 *   encoder        F32 [n]                    see Convolutions; of one from a file its parameters
 *                                             in the order of PyTorch, n = 0 when it is frozen
 *   masked.words   F32 [n]                    see MaskedWords; n = 0 over an encoder from a file
 *   words.features I32 [w], words.vectors F32 [w, 32]
 *   wide.features  I32 [r], wide.sets I32 [r], wide.weights F32 [m]   rows one after the other
 *   sets.ends      I32 [s], sets.fields I32 [k]                       field numbers of each set
 * </pre>
 */
final class WeightsFormat {
  /** The format over Holdfast's own encoder. */
  static final String OWN = "1";

  /** The format over an encoder from a file. */
  static final String GIVEN = "2";

  /** Numbers that say to which documents one field belongs. */
  static final int APPLICABILITY = Applicability.RUN + 2;

  private WeightsFormat() {}

  /**
   * @param plane of the model's parameters that is written as its weights
   */
  static Weights write(Model model, int plane) {
    return WeightsWriter.write(model, model.parameters.plane(plane));
  }

  /**
   * The model of some weights, to run it, without words and rows of the wide part; see {@link
   * #words} and {@link #rows}.
   *
   * @param parameters empty; the weights go into the first plane
   * @param given the encoder from a file that there is, if any
   * @throws IllegalArgumentException when they are of another format, or over an encoder that is
   *     not there
   */
  static Model run(Weights weights, Parameters parameters, Optional<EncoderFile> given) {
    check(weights);
    Model model = new Model(parameters, encoder(weights, given));
    fields(weights, model);
    companions(weights, model);
    fill(model, model.encoder, weights.tensor("encoder"));
    return model;
  }

  /** The vectors of words, to run them. */
  static WordRows words(Weights weights) {
    return new WordRows(
        weights.tensor("words.features").ints(), weights.tensor("words.vectors").floats());
  }

  /** The rows of the wide part, to run them. */
  static WideRows rows(Weights weights) {
    return new WideRows(
        weights.tensor("wide.features").ints(),
        weights.tensor("wide.sets").ints(),
        weights.tensor("wide.weights").floats(),
        weights.tensor("sets.ends").ints(),
        weights.tensor("sets.fields").ints());
  }

  private static Encoder encoder(Weights weights, Optional<EncoderFile> given) {
    String wanted = name(weights);
    if (wanted.isEmpty()) {
      return Convolutions.OWN;
    }
    String found = given.map(EncoderFile::digest).orElse("none, since no encoder.file is set");
    if (!wanted.equals(found)) {
      throw new IllegalArgumentException(
          "expected the encoder %s that the weights were learned with, was %s"
              .formatted(wanted, found));
    }
    return given.orElseThrow().toRun(weights.tensor("encoder").size());
  }

  /**
   * The model of some weights, to learn on from it. It takes every word and every feature as one
   * that a single document had.
   *
   * @param parameters empty; the weights go into the first plane
   * @throws IllegalArgumentException when they are of another format, or over another encoder, or
   *     do not fit each other
   */
  static Model learnOn(Weights weights, Parameters parameters, Encoder deep) {
    check(weights);
    int learned = weights.tensor("encoder").size();
    boolean trained = learned > 0;
    if (!name(weights).equals(deep.name()) || trained != (deep.parameters() > 0)) {
      throw new IllegalArgumentException(
          "expected weights over %s, was over %s"
              .formatted(
                  Encoder.shown(deep.name(), deep.parameters()),
                  Encoder.shown(name(weights), learned)));
    }
    WeightsCheck.check(weights, deep);
    Model model = new Model(parameters, deep);
    fields(weights, model);
    companions(weights, model);
    fill(model, model.encoder, weights.tensor("encoder"));
    fill(model, model.maskedWords, weights.tensor("masked.words"));
    learnOn(weights, model);
    return model;
  }

  /** What the weights call the encoder that they are over; empty for Holdfast's own. */
  private static String name(Weights weights) {
    return weights.metadata().getOrDefault("encoder", "");
  }

  /** Fills in words and rows of the wide part. */
  private static void learnOn(Weights weights, Model model) {
    int[] words = weights.tensor("words.features").ints();
    float[] vectors = weights.tensor("words.vectors").floats();
    for (int i = 0; i < words.length; i++) {
      int offset = model.words.makeVector(model.words.row(words[i]));
      System.arraycopy(
          vectors, i * Convolutions.WORD, model.parameters.weights(), offset, Convolutions.WORD);
    }
    int[] ends = weights.tensor("sets.ends").ints();
    int[] members = weights.tensor("sets.fields").ints();
    int[] features = weights.tensor("wide.features").ints();
    int[] rowSets = weights.tensor("wide.sets").ints();
    float[] numbers = weights.tensor("wide.weights").floats();
    int m = 0;
    for (int i = 0; i < features.length; i++) {
      int set = rowSets[i];
      int[] fields = Arrays.copyOfRange(members, set == 0 ? 0 : ends[set - 1], ends[set]);
      int offset = model.wide.restore(model.wide.row(features[i]), fields);
      int length = WideTable.PAIR * fields.length;
      System.arraycopy(numbers, m, model.parameters.weights(), offset, length);
      m += length;
    }
  }

  /**
   * Looks whether the weights are of this format.
   *
   * @throws IllegalArgumentException when they are not
   */
  static void check(Weights weights) {
    String format = weights.metadata().get("format");
    if (!OWN.equals(format) && !GIVEN.equals(format)) {
      throw new IllegalArgumentException(
          "expected weights of format %s or %s, was %s".formatted(OWN, GIVEN, format));
    }
  }

  private static void fill(Model model, int offset, Tensor numbers) {
    System.arraycopy(numbers.floats(), 0, model.parameters.weights(), offset, numbers.size());
  }

  private static void companions(Weights weights, Model model) {
    int[] documents = weights.tensor("companions.documents").ints();
    int[] ends = weights.tensor("companions.ends").ints();
    int[] met = weights.tensor("companions.met").ints();
    for (int k = 0; k < ends.length; k++) {
      model.companions.set(
          k, documents[k], Arrays.copyOfRange(met, k == 0 ? 0 : ends[k - 1], ends[k]));
    }
  }

  /**
   * The names of the fields.
   *
   * @throws IllegalArgumentException when that is not said, or two are the same
   */
  static List<String> names(Weights weights) {
    String names = weights.metadata().get("fields");
    if (names == null) {
      throw new IllegalArgumentException("expected metadata named fields, found none");
    }
    List<String> all = names.lines().toList();
    if (all.stream().distinct().count() < all.size()) {
      throw new IllegalArgumentException("expected different names of fields, found one twice");
    }
    return all;
  }

  private static void fields(Weights weights, Model model) {
    int[] counts = weights.tensor("field.counts").ints();
    float[] chains = weights.tensor("chain").floats();
    float[] heads = weights.tensor("head").floats();
    float[] calibrations = weights.tensor("calibration").floats();
    float[] applicabilities = weights.tensor("applicability").floats();
    int head = model.deep.head();
    int k = 0;
    for (String name : names(weights)) {
      Field field = model.addField(new FieldName(name));
      field.counts(counts, k * Field.COUNTS);
      float[] all = model.parameters.weights();
      System.arraycopy(chains, k * Chain.RUN, all, field.chain, Chain.RUN);
      System.arraycopy(heads, k * head, all, field.head, head);
      int c = k * Calibration.NUMBERS;
      field.calibration =
          new Calibration(calibrations[c], calibrations[c + 1], calibrations[c + 2]);
      int at = k * APPLICABILITY;
      System.arraycopy(applicabilities, at, all, field.applicability, Applicability.RUN);
      field.markedShare = applicabilities[at + Applicability.RUN];
      field.recognised = applicabilities[at + Applicability.RUN + 1];
      k++;
    }
  }
}
