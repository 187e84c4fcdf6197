package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.sample.PartialAnnotations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * How well sets of documents are extracted after their first n, for several n.
 *
 * @param settings of the learner
 * @param ablation what is taken out
 * @param labelFraction each field of each document is annotated with this probability
 */
record ExtractionBenchmark(LearningSettings settings, Ablation ablation, double labelFraction) {

  /**
   * What was measured after so many documents.
   *
   * @param f1 micro F1, 0 to 1
   * @param calibrationError expected, 0 to 1
   * @param foreignShare part of all values that are in fields of no test document, 0 to 1
   * @param updates of the weights so far, a document each
   * @param seconds spent on them
   * @param wordsPerSecond of extraction in one thread
   * @param parameters numbers in the weights
   */
  record Point(
      double f1,
      double calibrationError,
      double foreignShare,
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
  SortedMap<Integer, Point> stream(StreamSegment set, SortedSet<Integer> after, long seed) {
    List<Example> examples = examples(set, seed);
    Course course = new Course(settings, seed);
    SortedMap<Integer, Point> points = new TreeMap<>();
    int from = 0;
    for (int to : after) {
      course.stream(examples.subList(from, to), learned -> {});
      from = to;
      points.put(to, test(set, course));
    }
    return points;
  }

  /** The same documents again and again until that helps no more. */
  Point joint(StreamSegment set, int documents, long seed) {
    Course course = new Course(settings, seed);
    course.joint(examples(set, seed).subList(0, documents), (pass, loss) -> {});
    return test(set, course);
  }

  /**
   * All documents of all sets come once to one learner, each set's in order, the sets in turn by
   * chance.
   *
   * @return one point for each set, in order
   */
  List<Point> mixed(List<StreamSegment> sets, long seed) {
    List<Integer> turns = new ArrayList<>();
    List<Iterator<Example>> left = new ArrayList<>();
    for (int k = 0; k < sets.size(); k++) {
      turns.addAll(Collections.nCopies(sets.get(k).training().size(), k));
      left.add(examples(sets.get(k), seed).iterator());
    }
    Collections.shuffle(turns, new Random(seed));
    Course course = new Course(settings, seed);
    course.stream(turns.stream().map(k -> left.get(k).next()).toList(), learned -> {});
    return sets.stream().map(set -> test(set, course)).toList();
  }

  private List<Example> examples(StreamSegment set, long seed) {
    PartialAnnotations partial = new PartialAnnotations(seed, labelFraction);
    return ablation.examples(
        set.training().stream()
            .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
            .toList());
  }

  private Point test(StreamSegment set, Course course) {
    try (Extractor extractor = course.extractor(ablation.decoding())) {
      long start = System.nanoTime();
      TestSet.Tested tested = set.tests().test(extractor);
      double seconds = (System.nanoTime() - start) / 1e9;
      Confidences confidences = Confidences.of(tested);
      return new Point(
          tested.score().microF1(),
          confidences.calibrationError(),
          confidences.foreignShare(),
          course.updates(),
          course.seconds(),
          set.tests().words() / seconds,
          extractor.weights().parameters());
    }
  }
}
