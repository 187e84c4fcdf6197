package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.sample.PartialAnnotations;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * How well one type of document is extracted after its first n, for several n.
 *
 * @param segment what is learned and tested
 * @param settings of the learner
 * @param ablation what is taken out
 * @param labelFraction each field of each document is annotated with this probability
 */
record ExtractionBenchmark(
    StreamSegment segment, LearningSettings settings, Ablation ablation, double labelFraction) {

  /**
   * What was measured after so many documents.
   *
   * @param f1 micro F1, 0 to 1
   * @param calibrationError expected, 0 to 1
   * @param updates of the weights so far, a document each
   * @param seconds spent on them
   * @param wordsPerSecond of extraction in one thread
   * @param parameters numbers in the weights
   */
  record Point(
      double f1,
      double calibrationError,
      double updates,
      double seconds,
      double wordsPerSecond,
      double parameters) {}

  /**
   * Every document comes once, in order, and what is known then is tested after each number of
   * documents: what {@code evaluate --limit} gives for each.
   *
   * @param after numbers of documents; those beyond the last one are left out
   */
  SortedMap<Integer, Point> stream(SortedSet<Integer> after, long seed) {
    List<Example> examples = examples(seed);
    Course course = new Course(settings, seed);
    SortedMap<Integer, Point> points = new TreeMap<>();
    int from = 0;
    for (int to : after) {
      course.stream(examples.subList(from, to), learned -> {});
      from = to;
      points.put(to, test(course));
    }
    return points;
  }

  /** The same documents again and again until that helps no more. */
  Point joint(int documents, long seed) {
    Course course = new Course(settings, seed);
    course.joint(examples(seed).subList(0, documents), (pass, loss) -> {});
    return test(course);
  }

  private List<Example> examples(long seed) {
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction);
    return ablation.examples(
        segment.training().stream()
            .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
            .toList());
  }

  private Point test(Course course) {
    try (Extractor extractor = new Extractor(course.learner().weights(), ablation.decoding())) {
      long start = System.nanoTime();
      TestSet.Tested tested = segment.tests().test(extractor);
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Point(
          tested.score().microF1(),
          Confidences.of(tested).calibrationError(),
          course.updates(),
          course.seconds(),
          segment.tests().words() / seconds,
          extractor.weights().parameters());
    }
  }
}
