package dev.holdfast.bench;

import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.document.Mark;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.score.AnnotatedValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the confidences of extracted values can be relied on, judged by the fields that each test
 * document's annotation names.
 *
 * @param judged values by field
 * @param foreignShare part of all values that are in fields which no test document's annotation
 *     names, 0 to 1
 */
record Confidences(SortedMap<FieldName, List<Judged>> judged, double foreignShare) {
  private static final int BINS = 10;
  private static final double AUTOMATED = .8;

  /**
   * A value that was extracted.
   *
   * @param confidence that it was given with, 0 to 1
   * @param right whether it is one of the annotated values
   */
  record Judged(double confidence, boolean right) {}

  /**
   * What a field's users get who review the least sure fifth of its values.
   *
   * @param threshold least confidence of the others
   * @param precision part of the others that are right, 0 to 1
   */
  record Automation(double threshold, double precision) {}

  /** Of what was extracted from a test set. */
  static Confidences of(TestSet.Tested tested) {
    Set<FieldName> named = new HashSet<>();
    tested
        .tests()
        .documents()
        .forEach(labelled -> named.addAll(labelled.annotation().marks().keySet()));
    SortedMap<FieldName, List<Judged>> judged = new TreeMap<>();
    long all = 0;
    long foreign = 0;
    for (int i = 0; i < tested.predictions().size(); i++) {
      LabelledDocument labelled = tested.tests().documents().get(i);
      Prediction prediction = tested.predictions().get(i);
      for (Map.Entry<FieldName, List<PredictedValue>> field : prediction.fields().entrySet()) {
        all += field.getValue().size();
        foreign += named.contains(field.getKey()) ? 0 : field.getValue().size();
        Mark mark = labelled.annotation().marks().get(field.getKey());
        if (mark != null) {
          List<Judged> values = judged.computeIfAbsent(field.getKey(), name -> new ArrayList<>());
          AnnotatedValues annotated = AnnotatedValues.of(labelled.document(), mark.values());
          for (PredictedValue value : field.getValue()) {
            boolean right = annotated.tally(List.of(value.text())).right() > 0;
            values.add(new Judged(value.confidence(), right));
          }
        }
      }
    }
    return new Confidences(judged, (double) foreign / Math.max(1, all));
  }

  /**
   * Expected calibration error: over ten bins of equal width, the mean difference of confidence and
   * accuracy, weighted by the values in the bin (Guo et al. 2017, arXiv:1706.04599, eq. 3), 0 to 1.
   */
  double calibrationError() {
    double[] excess = new double[BINS];
    long count = 0;
    for (List<Judged> values : judged.values()) {
      for (Judged value : values) {
        int bin = Math.min(BINS - 1, (int) (value.confidence() * BINS));
        excess[bin] += value.confidence() - (value.right() ? 1 : 0);
        count++;
      }
    }
    double error = 0;
    for (double bin : excess) {
      error += Math.abs(bin);
    }
    return error / Math.max(1, count);
  }

  /** For each field that has values, what its surest four fifths are worth. */
  SortedMap<FieldName, Automation> automation() {
    SortedMap<FieldName, Automation> automation = new TreeMap<>();
    judged.forEach((field, values) -> automation.put(field, automation(values)));
    return automation;
  }

  private static Automation automation(List<Judged> values) {
    List<Judged> surest =
        values.stream()
            .sorted(Comparator.comparingDouble(Judged::confidence).reversed())
            .limit((long) Math.ceil(AUTOMATED * values.size()))
            .toList();
    long right = surest.stream().filter(Judged::right).count();
    return new Automation(
        surest.get(surest.size() - 1).confidence(), (double) right / surest.size());
  }
}
