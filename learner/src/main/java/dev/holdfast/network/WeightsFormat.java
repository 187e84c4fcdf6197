package dev.holdfast.network;

import dev.holdfast.document.FieldName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A {@link Model} as {@link Weights} and back. Counts of features are not part of it: they matter
 * to learning alone.
 *
 * <pre>
 *   metadata  format = 1, fields = their names, one a line
 *   field.counts   I32 [fields, 11]           present, absent, many-valued, values, in pieces, longest,
 *                                             values that show each kind
 *   chain          F32 [fields, 14]           see Chain
 *   head           F32 [2 × fields, 65]       output layers over the encoder
 *   calibration    F32 [fields, 3]            see Calibration
 *   applicability  F32 [fields, 258]          see Applicability; the last is c
 *   encoder        F32 [n]                    see Encoder
 *   masked.words   F32 [n]                    see MaskedWords
 *   words.features I32 [w], words.vectors F32 [w, 32]
 *   wide.features  I32 [r], wide.sets I32 [r], wide.weights F32 [m]   rows one after the other
 *   sets.ends      I32 [s], sets.fields I32 [k]                       field numbers of each set
 * </pre>
 */
final class WeightsFormat {
  private static final String FORMAT = "1";
  private static final int APPLICABILITY = Applicability.RUN + 1;

  private WeightsFormat() {}

  static Weights write(Model model) {
    String names =
        model.fields.stream().map(field -> field.name.value()).collect(Collectors.joining("\n"));
    List<Tensor> tensors = new ArrayList<>();
    int count = model.fields.size();
    int[] counts = new int[count * Field.COUNTS];
    float[] chains = new float[count * Chain.RUN];
    float[] heads = new float[count * Encoder.HEAD];
    float[] calibrations = new float[count * Calibration.NUMBERS];
    float[] applicabilities = new float[count * APPLICABILITY];
    float[] weights = model.parameters.weights();
    Calibration common =
        Reliability.sum(model.fields.stream().map(field -> field.reliability).toList())
            .calibration();
    for (int k = 0; k < count; k++) {
      Field field = model.fields.get(k);
      System.arraycopy(field.counts(), 0, counts, k * Field.COUNTS, Field.COUNTS);
      System.arraycopy(weights, field.chain, chains, k * Chain.RUN, Chain.RUN);
      System.arraycopy(weights, field.head, heads, k * Encoder.HEAD, Encoder.HEAD);
      Calibration calibration = field.calibration(common);
      calibrations[k * Calibration.NUMBERS] = calibration.slope();
      calibrations[k * Calibration.NUMBERS + 1] = calibration.offset();
      calibrations[k * Calibration.NUMBERS + 2] = calibration.threshold();
      int at = k * APPLICABILITY;
      System.arraycopy(weights, field.applicability, applicabilities, at, Applicability.RUN);
      applicabilities[at + Applicability.RUN] = field.markedShare;
    }
    tensors.add(Tensor.of("field.counts", counts, count, Field.COUNTS));
    tensors.add(Tensor.of("chain", chains, count, Chain.RUN));
    tensors.add(Tensor.of("head", heads, 2 * count, Encoder.WIDTH + 1));
    tensors.add(Tensor.of("calibration", calibrations, count, Calibration.NUMBERS));
    tensors.add(Tensor.of("applicability", applicabilities, count, APPLICABILITY));
    tensors.add(run("encoder", model, model.encoder, Encoder.PARAMETERS));
    tensors.add(run("masked.words", model, model.maskedWords, MaskedWords.PARAMETERS));
    words(model, tensors);
    wide(model, tensors);
    return new Weights(Map.of("format", FORMAT, "fields", names), tensors);
  }

  private static Tensor run(String name, Model model, int offset, int length) {
    float[] weights = model.parameters.weights();
    return Tensor.of(name, Arrays.copyOfRange(weights, offset, offset + length), length);
  }

  private static void words(Model model, List<Tensor> tensors) {
    EmbeddingTable words = model.words;
    int[] features = new int[words.rows()];
    float[] vectors = new float[words.rows() * Encoder.WORD];
    int n = 0;
    for (int row = 0; row < words.rows(); row++) {
      if (words.offset(row) >= 0 && !zero(model, words.offset(row), Encoder.WORD)) {
        features[n] = words.feature(row);
        System.arraycopy(
            model.parameters.weights(), words.offset(row), vectors, n * Encoder.WORD, Encoder.WORD);
        n++;
      }
    }
    tensors.add(Tensor.of("words.features", Arrays.copyOf(features, n), n));
    tensors.add(
        Tensor.of("words.vectors", Arrays.copyOf(vectors, n * Encoder.WORD), n, Encoder.WORD));
  }

  private static void wide(Model model, List<Tensor> tensors) {
    WideTable wide = model.wide;
    FieldSets sets = new FieldSets();
    int[] features = new int[wide.rows()];
    int[] rowSets = new int[wide.rows()];
    float[] weights = new float[model.parameters.used()];
    int n = 0;
    int m = 0;
    for (int row = 0; row < wide.rows(); row++) {
      int[] fields = wide.fields(row);
      int length = WideTable.PAIR * fields.length;
      if (wide.offset(row) >= 0 && !zero(model, wide.offset(row), length)) {
        System.arraycopy(model.parameters.weights(), wide.offset(row), weights, m, length);
        features[n] = wide.feature(row);
        rowSets[n++] = sets.number(fields);
        m += length;
      }
    }
    int[] ends = new int[sets.size()];
    List<Integer> members = new ArrayList<>();
    for (int set = 0; set < ends.length; set++) {
      Arrays.stream(sets.members(set)).forEach(members::add);
      ends[set] = members.size();
    }
    int[] fields = members.stream().mapToInt(Integer::intValue).toArray();
    tensors.add(Tensor.of("wide.features", Arrays.copyOf(features, n), n));
    tensors.add(Tensor.of("wide.sets", Arrays.copyOf(rowSets, n), n));
    tensors.add(Tensor.of("wide.weights", Arrays.copyOf(weights, m), m));
    tensors.add(Tensor.of("sets.ends", ends, ends.length));
    tensors.add(Tensor.of("sets.fields", fields, fields.length));
  }

  private static boolean zero(Model model, int offset, int length) {
    for (int k = offset; k < offset + length; k++) {
      if (model.parameters.weights()[k] != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * The model of some weights. A learner that goes on from it takes every word and every feature as
   * one that a single document had.
   *
   * @param parameters empty; the weights go into the first plane
   * @throws IllegalArgumentException when they are of another format
   */
  static Model read(Weights weights, Parameters parameters) {
    check(weights);
    Model model = new Model(parameters);
    fields(weights, model);
    fill(model, model.encoder, weights.tensor("encoder"));
    fill(model, model.maskedWords, weights.tensor("masked.words"));
    int[] words = weights.tensor("words.features").ints();
    float[] vectors = weights.tensor("words.vectors").floats();
    for (int i = 0; i < words.length; i++) {
      int offset = model.words.restore(model.words.row(words[i]), 0, true);
      System.arraycopy(vectors, i * Encoder.WORD, model.parameters.weights(), offset, Encoder.WORD);
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
      int offset = model.wide.restore(model.wide.row(features[i]), fields, 0);
      int length = WideTable.PAIR * fields.length;
      System.arraycopy(numbers, m, model.parameters.weights(), offset, length);
      m += length;
    }
    return model;
  }

  /**
   * Looks whether the weights are of this format.
   *
   * @throws IllegalArgumentException when they are not
   */
  static void check(Weights weights) {
    String format = weights.metadata().get("format");
    if (!FORMAT.equals(format)) {
      throw new IllegalArgumentException(
          "expected weights of format %s, was %s".formatted(FORMAT, format));
    }
  }

  private static void fill(Model model, int offset, Tensor numbers) {
    System.arraycopy(numbers.floats(), 0, model.parameters.weights(), offset, numbers.size());
  }

  private static void fields(Weights weights, Model model) {
    String names = weights.metadata().get("fields");
    if (names.isEmpty()) {
      return;
    }
    int[] counts = weights.tensor("field.counts").ints();
    float[] chains = weights.tensor("chain").floats();
    float[] heads = weights.tensor("head").floats();
    float[] calibrations = weights.tensor("calibration").floats();
    float[] applicabilities = weights.tensor("applicability").floats();
    int k = 0;
    for (String name : names.lines().toList()) {
      Field field = model.addField(new FieldName(name));
      field.counts(counts, k * Field.COUNTS);
      float[] all = model.parameters.weights();
      System.arraycopy(chains, k * Chain.RUN, all, field.chain, Chain.RUN);
      System.arraycopy(heads, k * Encoder.HEAD, all, field.head, Encoder.HEAD);
      int c = k * Calibration.NUMBERS;
      field.calibration =
          new Calibration(calibrations[c], calibrations[c + 1], calibrations[c + 2]);
      int at = k * APPLICABILITY;
      System.arraycopy(applicabilities, at, all, field.applicability, Applicability.RUN);
      field.markedShare = applicabilities[at + Applicability.RUN];
      k++;
    }
  }
}
