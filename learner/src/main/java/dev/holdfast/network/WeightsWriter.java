package dev.holdfast.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a model as {@link WeightsFormat} says; rows whose weights are all zero are left out. */
final class WeightsWriter {
  private WeightsWriter() {}

  /**
   * @param weights a plane of the model's parameters
   */
  static Weights write(Model model, float[] weights) {
    String names =
        model.fields.stream().map(field -> field.name.value()).collect(Collectors.joining("\n"));
    List<Tensor> tensors = new ArrayList<>();
    int count = model.fields.size();
    int head = model.deep.head();
    int[] counts = new int[count * Field.COUNTS];
    float[] chains = new float[count * Chain.RUN];
    float[] heads = new float[count * head];
    float[] calibrations = new float[count * Calibration.NUMBERS];
    float[] applicabilities = new float[count * WeightsFormat.APPLICABILITY];
    Calibration common =
        Reliability.sum(model.fields.stream().map(field -> field.reliability).toList())
            .calibration();
    for (int k = 0; k < count; k++) {
      Field field = model.fields.get(k);
      System.arraycopy(field.counts(), 0, counts, k * Field.COUNTS, Field.COUNTS);
      System.arraycopy(weights, field.chain, chains, k * Chain.RUN, Chain.RUN);
      System.arraycopy(weights, field.head, heads, k * head, head);
      Calibration calibration = field.calibration(common);
      calibrations[k * Calibration.NUMBERS] = calibration.slope();
      calibrations[k * Calibration.NUMBERS + 1] = calibration.offset();
      calibrations[k * Calibration.NUMBERS + 2] = calibration.threshold();
      int at = k * WeightsFormat.APPLICABILITY;
      System.arraycopy(weights, field.applicability, applicabilities, at, Applicability.RUN);
      applicabilities[at + Applicability.RUN] = field.markedShare;
      applicabilities[at + Applicability.RUN + 1] = field.recognised;
    }
    tensors.add(Tensor.of("field.counts", counts, count, Field.COUNTS));
    tensors.add(Tensor.of("chain", chains, count, Chain.RUN));
    tensors.add(Tensor.of("head", heads, 2 * count, head / 2));
    tensors.add(Tensor.of("calibration", calibrations, count, Calibration.NUMBERS));
    tensors.add(Tensor.of("applicability", applicabilities, count, WeightsFormat.APPLICABILITY));
    companions(model, tensors);
    tensors.add(run("encoder", weights, model.encoder, model.deep.parameters()));
    tensors.add(run("masked.words", weights, model.maskedWords, model.maskedParameters()));
    words(model, weights, tensors);
    wide(model, weights, tensors);
    return new Weights(
        model.deep == Convolutions.OWN
            ? Map.of("format", WeightsFormat.OWN, "fields", names)
            : Map.of("format", WeightsFormat.GIVEN, "fields", names, "encoder", model.deep.name()),
        tensors);
  }

  private static void companions(Model model, List<Tensor> tensors) {
    int count = model.fields.size();
    int[] ends = new int[count];
    List<Integer> met = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      Arrays.stream(model.companions.met(k)).forEach(met::add);
      ends[k] = met.size();
    }
    int[] all = met.stream().mapToInt(Integer::intValue).toArray();
    tensors.add(Tensor.of("companions.documents", model.companions.documents(count), count));
    tensors.add(Tensor.of("companions.ends", ends, count));
    tensors.add(Tensor.of("companions.met", all, all.length));
  }

  private static Tensor run(String name, float[] weights, int offset, int length) {
    return Tensor.of(name, Arrays.copyOfRange(weights, offset, offset + length), length);
  }

  private static void words(Model model, float[] weights, List<Tensor> tensors) {
    EmbeddingTable words = model.words;
    int[] features = new int[words.rows()];
    float[] vectors = new float[words.rows() * Convolutions.WORD];
    int n = 0;
    for (int row = 0; row < words.rows(); row++) {
      if (words.offset(row) >= 0 && !zero(weights, words.offset(row), Convolutions.WORD)) {
        features[n] = words.feature(row);
        System.arraycopy(
            weights, words.offset(row), vectors, n * Convolutions.WORD, Convolutions.WORD);
        n++;
      }
    }
    tensors.add(Tensor.of("words.features", Arrays.copyOf(features, n), n));
    tensors.add(
        Tensor.of(
            "words.vectors", Arrays.copyOf(vectors, n * Convolutions.WORD), n, Convolutions.WORD));
  }

  private static void wide(Model model, float[] weights, List<Tensor> tensors) {
    WideTable wide = model.wide;
    FieldSets sets = new FieldSets();
    int[] features = new int[wide.rows()];
    int[] rowSets = new int[wide.rows()];
    float[] numbers = new float[model.parameters.used()];
    int n = 0;
    int m = 0;
    for (int row = 0; row < wide.rows(); row++) {
      int[] fields = wide.fields(row);
      int length = WideTable.PAIR * fields.length;
      if (wide.offset(row) >= 0 && !zero(weights, wide.offset(row), length)) {
        System.arraycopy(weights, wide.offset(row), numbers, m, length);
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
    tensors.add(Tensor.of("wide.weights", Arrays.copyOf(numbers, m), m));
    tensors.add(Tensor.of("sets.ends", ends, ends.length));
    tensors.add(Tensor.of("sets.fields", fields, fields.length));
  }

  private static boolean zero(float[] weights, int offset, int length) {
    for (int k = offset; k < offset + length; k++) {
      if (weights[k] != 0) {
        return false;
      }
    }
    return true;
  }
}
