package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.version.ModelParts;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * What became of one learner over a long stream.
 *
 * @param startPull strength of the pull to the first weights that it learned with
 * @param points one for each segment, in order
 */
record LongRun(double startPull, List<Point> points) {
  LongRun {
    points = List.copyOf(points);
  }

  /**
   * After a segment.
   *
   * @param number of the segment, from 1
   * @param type that it is of, or was made of
   * @param f1 micro F1 on its type
   * @param newborn the same of a learner that has learned this segment and nothing before, where
   *     the type is new; empty where it is known
   * @param updates of the weights in it
   * @param seconds that they took
   * @param modelBytes size of the version
   * @param stateBytes size of all that the learner keeps, as it would be saved
   * @param heapBytes that are in use after the garbage is collected, the benchmark's own among them
   * @param remembered documents in memory
   */
  record Point(
      int number,
      String type,
      double f1,
      OptionalDouble newborn,
      long updates,
      double seconds,
      long modelBytes,
      long stateBytes,
      long heapBytes,
      int remembered) {

    boolean fresh() {
      return newborn.isPresent();
    }

    /** What the learner's age has cost or brought it with a type that is new. */
    double advantage() {
      return f1 - newborn.orElseThrow();
    }

    /** Zero where the gate held all documents back. */
    double millisPerUpdate() {
      return updates == 0 ? 0 : 1e3 * seconds / updates;
    }
  }

  /** Learns the whole stream. */
  static LongRun of(
      LongStream stream,
      int segments,
      LearningSettings settings,
      long seed,
      Consumer<String> progress) {
    Course course = new Course(settings, seed);
    List<Point> points = new ArrayList<>();
    for (int number = 1; number <= segments; number++) {
      LongStream.Segment segment = stream.segment(number, seed);
      Point point = learn(course, segment, settings, seed);
      points.add(point);
      progress.accept(
          "segment %d, %s: F1 %.3f%s"
              .formatted(
                  number,
                  segment.type(),
                  point.f1(),
                  point.fresh() ? ", newborn %.3f".formatted(point.newborn().orElseThrow()) : ""));
    }
    return new LongRun(settings.startPull(), points);
  }

  private static Point learn(
      Course course, LongStream.Segment segment, LearningSettings settings, long seed) {
    List<Example> examples = segment.training().stream().map(LabelledDocument::example).toList();
    long updates = course.updates();
    double seconds = course.seconds();
    course.stream(examples, learned -> {});
    updates = course.updates() - updates;
    seconds = course.seconds() - seconds;
    Course.Cost cost = course.cost();
    return new Point(
        segment.number(),
        segment.type(),
        test(course, segment),
        segment.fresh() ? newborn(segment, examples, settings, seed) : OptionalDouble.empty(),
        updates,
        seconds,
        ModelParts.split(course.weights()).content().bytes(),
        cost.stateBytes(),
        heap(),
        cost.remembered());
  }

  private static OptionalDouble newborn(
      LongStream.Segment segment, List<Example> examples, LearningSettings settings, long seed) {
    Course course = new Course(settings, seed + segment.number());
    course.stream(examples, learned -> {});
    return OptionalDouble.of(test(course, segment));
  }

  private static double test(Course course, LongStream.Segment segment) {
    try (Extractor extractor = course.extractor()) {
      return segment.tests().test(extractor).score().microF1();
    }
  }

  private static long heap() {
    System.gc(); // what is in use cannot be told otherwise
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Those of types that are new. */
  List<Point> fresh() {
    return points.stream().filter(Point::fresh).toList();
  }

  /** Those of types that are known. */
  List<Point> known() {
    return points.stream().filter(point -> !point.fresh()).toList();
  }

  /** How the advantage over a newborn learner changes over a hundred segments. */
  Trend plasticity() {
    return Trend.of(
        fresh().stream()
            .map(point -> new double[] {point.number() / 100.0, point.advantage()})
            .toList());
  }

  /**
   * Time of an update in the last fifth of the segments of known types, as a multiple of that in
   * the second fifth; in the first one the virtual machine still compiles. Zero where there were no
   * updates in the second.
   */
  double stepTimeRatio() {
    List<Point> known = known();
    int fifth = Math.max(1, known.size() / 5);
    double second =
        millis(
            known.subList(
                Math.min(fifth, known.size() - fifth), Math.min(2 * fifth, known.size())));
    return second == 0 ? 0 : millis(known.subList(known.size() - fifth, known.size())) / second;
  }

  private static double millis(List<Point> some) {
    return some.stream()
        .filter(point -> point.updates() > 0)
        .mapToDouble(Point::millisPerUpdate)
        .average()
        .orElse(0);
  }

  /** Bytes that a version grows by with a segment of a new type, on average, or of a known one. */
  double growth(boolean fresh) {
    return IntStream.range(points.size() / 2, points.size())
        .filter(i -> i > 0 && points.get(i).fresh() == fresh)
        .mapToLong(i -> points.get(i).modelBytes() - points.get(i - 1).modelBytes())
        .average()
        .orElse(0);
  }
}
