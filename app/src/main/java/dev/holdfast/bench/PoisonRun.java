package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One stream with a burst of wrong labels in it. All quality is micro F1 on the test documents, 0
 * to 1, of what is served.
 *
 * @param before of the last version before the burst
 * @param lowest of the versions during the burst and up to 16 documents after it
 * @param after of the version 16 documents after the burst
 * @param end of the last version
 * @param refusals what the gate did not let pass
 */
record PoisonRun(double before, double lowest, double after, double end, List<Verdict> refusals) {
  private static final int AFTER = 2 * Course.ROUND_EXAMPLES;

  PoisonRun {
    refusals = List.copyOf(refusals);
  }

  /**
   * Where the burst lies.
   *
   * @param from the first document of it
   * @param to one past the last
   */
  record Burst(int from, int to) {}

  /** Learns the documents in order, those of the burst with wrong labels. */
  static PoisonRun of(
      List<LabelledDocument> documents,
      Burst burst,
      TestSet tests,
      LearningSettings settings,
      long seed) {
    List<Example> stream = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      boolean wrong = i >= burst.from() && i < burst.to();
      stream.add(wrong ? WrongLabels.of(documents.get(i)) : documents.get(i).example());
    }
    Course course = new Course(settings, seed);
    TreeMap<Integer, Double> served = new TreeMap<>();
    int first = Math.max(Course.ROUND_EXAMPLES, burst.from());
    course.stream(
        stream,
        learned -> {
          boolean near = learned > first - Course.ROUND_EXAMPLES && learned <= burst.to() + AFTER;
          if (near || learned == stream.size()) {
            served.put(learned, test(course, tests));
          }
        });
    return new PoisonRun(
        served.firstEntry().getValue(),
        served.subMap(burst.from(), false, burst.to() + AFTER, true).values().stream()
            .mapToDouble(Double::doubleValue)
            .min()
            .orElseThrow(),
        served.floorEntry(burst.to() + AFTER).getValue(),
        served.lastEntry().getValue(),
        course.refusals());
  }

  private static double test(Course course, TestSet tests) {
    try (Extractor extractor = course.extractor()) {
      return tests.test(extractor).score().microF1();
    }
  }

  /** Examples of whoever sent the wrong ones, and of all others, that were put aside. */
  long putAside(boolean wrong) {
    return refusals.stream()
        .flatMap(refusal -> refusal.putAside().stream())
        .filter(example -> example.annotator().equals(WrongLabels.ANNOTATOR) == wrong)
        .count();
  }
}
