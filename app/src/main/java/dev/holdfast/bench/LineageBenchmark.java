package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * What becomes of two types that are learned in two lineages: one collection learns the first type,
 * another one is forked from it and learns the second, and is merged back into the first. Beside it
 * a collection that learns both, and one that was never forked.
 *
 * <p>Not thread-safe.
 */
final class LineageBenchmark {
  private final StreamSegment first;
  private final StreamSegment second;
  private final LearningSettings settings;

  /** Who is tested. */
  enum Stage {
    /** A collection that has learned the first type. */
    FIRST,
    /** One that was forked from it and has learned the second type. */
    FORK,
    /** The first one when the fork was merged into it. */
    MERGED,
    /** One that knew nothing and has learned the second type. */
    APART,
    /** The first one when that one was merged into it. */
    MERGED_APART,
    /** The first one when it has gone on to learn the second type itself. */
    BOTH;

    /** Its name in reports. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One run.
   *
   * @param f1 micro F1 by stage and type
   * @param refused the merges that the gate did not let pass, whose stage is then what was before
   */
  record Run(Map<Stage, Map<String, Double>> f1, List<Stage> refused) {}

  LineageBenchmark(StreamSegment first, StreamSegment second, LearningSettings settings) {
    this.first = first;
    this.second = second;
    this.settings = settings;
  }

  /**
   * Learns and tests all stages.
   *
   * @param seed decides the order of documents and all else that is random
   */
  Run run(long seed) {
    Map<Stage, Map<String, Double>> f1 = new EnumMap<>(Stage.class);
    List<Stage> refused = new ArrayList<>();
    List<Example> ofFirst = examples(first, seed);
    List<Example> ofSecond = examples(second, seed);
    Course course = new Course(settings, seed);
    course.stream(ofFirst, learned -> {});
    f1.put(Stage.FIRST, test(course));
    Course fork = course.fork(seed);
    fork.stream(ofSecond, learned -> {});
    f1.put(Stage.FORK, test(fork));
    merge(Stage.MERGED, course, fork, f1, refused);
    Course apart = new Course(settings, seed);
    apart.stream(ofSecond, learned -> {});
    f1.put(Stage.APART, test(apart));
    merge(Stage.MERGED_APART, course, apart, f1, refused);
    course.stream(ofSecond, learned -> {});
    f1.put(Stage.BOTH, test(course));
    return new Run(f1, refused);
  }

  private void merge(
      Stage stage,
      Course course,
      Course other,
      Map<Stage, Map<String, Double>> f1,
      List<Stage> refused) {
    Course merged = course.copy(0);
    if (!merged.merge(other)) {
      refused.add(stage);
    }
    f1.put(stage, test(merged));
  }

  private static List<Example> examples(StreamSegment segment, long seed) {
    List<LabelledDocument> shuffled = new ArrayList<>(segment.training());
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.stream().map(LabelledDocument::example).toList();
  }

  private Map<String, Double> test(Course course) {
    Map<String, Double> f1 = new LinkedHashMap<>();
    try (Extractor extractor = course.extractor()) {
      for (StreamSegment segment : List.of(first, second)) {
        f1.put(segment.type(), segment.tests().test(extractor).score().microF1());
      }
    }
    return f1;
  }
}
