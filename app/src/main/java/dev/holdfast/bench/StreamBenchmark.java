package dev.holdfast.bench;

import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.sample.PartialAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs one method over the segments of one stream, and tests it on the way.
 *
 * <p>Not thread-safe; used once.
 */
final class StreamBenchmark {
  private final List<StreamSegment> segments;
  private final Protocol protocol;
  private final LearningSettings settings;
  private final long seed;
  private final Consumer<String> progress;
  private final Map<String, TestSet> tests = new LinkedHashMap<>();
  private final Map<String, TestSet> samples = new LinkedHashMap<>();

  /**
   * How is taught and tested.
   *
   * @param labelFraction of the fields of each document that are annotated
   * @param versionsEvery rounds from one published version to the next
   * @param versionTests documents of each test set that versions within a segment are tested on
   * @param transferRounds of each new type over which forward transfer is measured
   */
  record Protocol(double labelFraction, int versionsEvery, int versionTests, int transferRounds) {
    int transferDocuments() {
      return transferRounds * Course.ROUND_EXAMPLES;
    }
  }

  StreamBenchmark(
      List<StreamSegment> segments,
      Protocol protocol,
      LearningSettings settings,
      long seed,
      Consumer<String> progress) {
    this.segments = segments;
    this.protocol = protocol;
    this.settings = settings;
    this.seed = seed;
    this.progress = progress;
    for (StreamSegment segment : segments) {
      tests.put(segment.type(), segment.tests());
      samples.put(segment.type(), segment.tests().sample(protocol.versionTests()));
    }
  }

  /**
   * Learns everything at once.
   *
   * @param predictions folder for the final extractions of each type
   */
  StreamRun joint(Optional<Path> predictions) throws IOException {
    Course course = new Course(settings, seed);
    List<Example> everything = segments.stream().flatMap(s -> examples(s).stream()).toList();
    course.joint(
        everything, (pass, loss) -> progress.accept("pass %d, loss %.4f".formatted(pass, loss)));
    Map<String, Double> f1 = whole(course, predictions);
    return new StreamRun(List.of(), List.of(f1), List.of(), Map.of(), f1, course.cost());
  }

  /**
   * Learns one segment after the other.
   *
   * @param joint quality of all types after learning everything at once; may be empty
   * @param predictions folder for the final extractions of each type
   */
  StreamRun stream(Map<String, Double> joint, Optional<Path> predictions) throws IOException {
    Course course = new Course(settings, seed);
    List<String> taught = new ArrayList<>();
    List<Map<String, Double>> matrix = new ArrayList<>();
    List<StreamRun.Version> versions = new ArrayList<>();
    Map<String, Double> transfer = new LinkedHashMap<>();
    int before = 0;
    for (StreamSegment segment : segments) {
      boolean isNew = !taught.contains(segment.type());
      int ended = taught.size();
      int start = before;
      taught.add(segment.type());
      List<Double> first = new ArrayList<>();
      List<Example> examples = examples(segment);
      course.stream(
          examples,
          learned -> {
            if (isNew && ended > 0 && learned <= protocol.transferDocuments()) {
              first.add(sample(course, Set.of(segment.type())).get(segment.type()));
            }
            if (learned % (protocol.versionsEvery() * Course.ROUND_EXAMPLES) == 0
                && learned < examples.size()) {
              versions.add(
                  new StreamRun.Version(
                      start + learned, ended, sample(course, Set.copyOf(taught))));
            }
          });
      before += examples.size();
      boolean last = taught.size() == segments.size();
      matrix.add(whole(course, last ? predictions : Optional.empty()));
      versions.add(
          new StreamRun.Version(before, taught.size(), sample(course, Set.copyOf(taught))));
      if (!first.isEmpty()) {
        transfer.put(segment.type(), mean(first) - fromScratch(segment, examples));
      }
      progress.accept("after %s: %s".formatted(segment.type(), line(matrix.get(ended))));
    }
    return new StreamRun(taught, matrix, versions, transfer, joint, course.cost());
  }

  /** Mean quality over the first documents of a segment for a learner that knows nothing else. */
  private double fromScratch(StreamSegment segment, List<Example> examples) {
    Course course = new Course(settings, seed);
    List<Double> first = new ArrayList<>();
    course.stream(
        examples.subList(0, Math.min(examples.size(), protocol.transferDocuments())),
        learned -> first.add(sample(course, Set.of(segment.type())).get(segment.type())));
    return mean(first);
  }

  private List<Example> examples(StreamSegment segment) {
    PartialAnnotations partial = new PartialAnnotations(seed, protocol.labelFraction());
    return segment.training().stream()
        .map(full -> new LabelledDocument(full.document(), partial.keep(full.annotation())))
        .map(LabelledDocument::example)
        .toList();
  }

  private Map<String, Double> whole(Course course, Optional<Path> predictions) throws IOException {
    Map<String, Double> f1 = new LinkedHashMap<>();
    try (Extractor extractor = course.extractor()) {
      for (Map.Entry<String, TestSet> test : tests.entrySet()) {
        TestSet.Tested tested = test.getValue().test(extractor);
        f1.put(test.getKey(), tested.score().microF1());
        if (predictions.isPresent()) {
          Path folder = Files.createDirectories(predictions.get());
          tested.write(folder.resolve(test.getKey() + ".jsonl"), extractor);
        }
      }
    }
    return f1;
  }

  private Map<String, Double> sample(Course course, Set<String> types) {
    Map<String, Double> f1 = new LinkedHashMap<>();
    try (Extractor extractor = course.extractor()) {
      samples.forEach(
          (type, sample) -> {
            if (types.contains(type)) {
              f1.put(type, sample.test(extractor).score().microF1());
            }
          });
    }
    return f1;
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static String line(Map<String, Double> f1) {
    StringBuilder line = new StringBuilder();
    f1.forEach((type, value) -> line.append(" %s %.3f".formatted(type, value)));
    return line.substring(1);
  }
}
