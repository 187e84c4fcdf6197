package dev.holdfast.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far two versions' numbers lie apart in one part of the extractor. Rows are matched by feature
 * and field; a number that only one of them has is 0 in the other, which is what it would do there.
 *
 * @param part {@code wide}, {@code words}, {@code encoder}, or one of those that each field has a
 *     run of: {@code head}, {@code chain}, {@code calibration}, {@code applicability}
 * @param numbers that either has
 * @param changed of them that differ
 * @param distance Euclidean, at least 0
 * @param norm Euclidean, of the first version's numbers
 */
public record WeightsDistance(
    String part, long numbers, long changed, double distance, double norm) {

  private static final List<String> BY_FIELD =
      List.of("applicability", "calibration", "chain", "head");

  private static final float[] NONE = {};

  /** What a run of numbers belongs to: no more than one of either kind is used by most parts. */
  private record Row(int feature, String field) {}

  /** Every part, in the order of their names. */
  public static List<WeightsDistance> between(Weights first, Weights second) {
    Map<String, Map<Row, float[]>> left = parts(first);
    Map<String, Map<Row, float[]>> right = parts(second);
    List<WeightsDistance> distances = new ArrayList<>();
    left.forEach((part, rows) -> distances.add(between(part, rows, right.get(part))));
    return distances;
  }

  private static WeightsDistance between(
      String part, Map<Row, float[]> first, Map<Row, float[]> second) {
    Sum sum = new Sum();
    first.forEach((row, numbers) -> sum.add(numbers, second.getOrDefault(row, NONE)));
    second.forEach(
        (row, numbers) -> {
          if (!first.containsKey(row)) {
            sum.add(NONE, numbers);
          }
        });
    return new WeightsDistance(
        part, sum.numbers, sum.changed, Math.sqrt(sum.distance), Math.sqrt(sum.norm));
  }

  private static final class Sum {
    private long numbers;
    private long changed;
    private double distance;
    private double norm;

    /** Of runs of different lengths, as different encoders have, the shorter goes on with zeros. */
    void add(float[] left, float[] right) {
      int length = Math.max(left.length, right.length);
      float[] first = Arrays.copyOf(left, length);
      float[] second = Arrays.copyOf(right, length);
      for (int i = 0; i < length; i++) {
        double difference = (double) first[i] - second[i];
        numbers++;
        changed += difference == 0 ? 0 : 1;
        distance += difference * difference;
        norm += (double) first[i] * first[i];
      }
    }
  }

  /** The numbers of each part by what they belong to; see {@link WeightsFormat}. */
  private static Map<String, Map<Row, float[]>> parts(Weights weights) {
    List<String> fields = weights.metadata().getOrDefault("fields", "").lines().toList();
    Map<String, Map<Row, float[]>> parts = new TreeMap<>();
    parts.put("encoder", Map.of(new Row(0, ""), weights.tensor("encoder").floats()));
    for (String part : BY_FIELD) {
      parts.put(part, byField(weights.tensor(part), fields));
    }
    parts.put("words", words(weights));
    parts.put("wide", wide(weights, fields));
    return parts;
  }

  private static Map<Row, float[]> byField(Tensor tensor, List<String> fields) {
    Map<Row, float[]> rows = new HashMap<>();
    int length = tensor.size() / Math.max(1, fields.size());
    for (int k = 0; k < fields.size(); k++) {
      rows.put(new Row(0, fields.get(k)), run(tensor.floats(), k * length, length));
    }
    return rows;
  }

  private static Map<Row, float[]> words(Weights weights) {
    int[] features = weights.tensor("words.features").ints();
    float[] vectors = weights.tensor("words.vectors").floats();
    Map<Row, float[]> rows = new HashMap<>();
    for (int i = 0; i < features.length; i++) {
      rows.put(new Row(features[i], ""), run(vectors, i * Convolutions.WORD, Convolutions.WORD));
    }
    return rows;
  }

  private static Map<Row, float[]> wide(Weights weights, List<String> fields) {
    int[] features = weights.tensor("wide.features").ints();
    int[] sets = weights.tensor("wide.sets").ints();
    int[] ends = weights.tensor("sets.ends").ints();
    int[] members = weights.tensor("sets.fields").ints();
    float[] numbers = weights.tensor("wide.weights").floats();
    Map<Row, float[]> rows = new HashMap<>();
    int at = 0;
    for (int i = 0; i < features.length; i++) {
      for (int m = sets[i] == 0 ? 0 : ends[sets[i] - 1]; m < ends[sets[i]]; m++) {
        rows.put(new Row(features[i], fields.get(members[m])), run(numbers, at, WideTable.PAIR));
        at += WideTable.PAIR;
      }
    }
    return rows;
  }

  private static float[] run(float[] numbers, int from, int length) {
    float[] run = new float[length];
    System.arraycopy(numbers, from, run, 0, length);
    return run;
  }
}
