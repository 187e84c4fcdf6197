package dev.holdfast.bench;

import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.document.Document;
import dev.holdfast.document.Example;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.UnlabelledDocument;
import dev.holdfast.network.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How fast a target is learned by a learner that knows something else already. What it knows is
 * learned once and handed on as a version's weights; the documents of the target come in an order
 * of their own in each run.
 */
final class TransferBenchmark {
  private static final long SOURCE_SEED = 1;

  private final List<List<LabelledDocument>> sources;
  private final List<LabelledDocument> training;
  private final TestSet tests;
  private final LearningSettings settings;
  private final int passes;
  private final Consumer<String> progress;

  /**
   * @param sources what may be known before, in order
   * @param training documents of the target to learn
   * @param passes of pre-training over all documents
   * @param progress told how far it is
   */
  TransferBenchmark(
      List<List<LabelledDocument>> sources,
      List<LabelledDocument> training,
      TestSet tests,
      LearningSettings settings,
      int passes,
      Consumer<String> progress) {
    this.sources = List.copyOf(sources);
    this.training = List.copyOf(training);
    this.tests = tests;
    this.settings = settings;
    this.passes = passes;
    this.progress = progress;
  }

  /** The weights that a learner of the target begins with; none when it knows nothing. */
  Optional<Weights> start(Transfer transfer) {
    if (!transfer.language && !transfer.fields) {
      return Optional.empty();
    }
    ContinualLearner learner = new ContinualLearner(settings);
    if (transfer.language) {
      List<Document> documents =
          Stream.concat(sources.stream().flatMap(List::stream), training.stream())
              .map(LabelledDocument::document)
              .filter(document -> !document.tokens().isEmpty())
              .toList();
      List<UnlabelledDocument> met = learner.pretraining().meet(documents);
      SplittableRandom seeds = new SplittableRandom(SOURCE_SEED);
      for (int pass = 1; pass <= passes; pass++) {
        double loss = learner.pretraining().pass(met, seeds.nextLong());
        progress.accept("%s: pass %d, loss %.4f".formatted(transfer.label(), pass, loss));
      }
    }
    if (transfer.fields) {
      Course course = new Course(settings, learner, SOURCE_SEED);
      for (List<LabelledDocument> source : sources) {
        course.stream(examples(source), learned -> {});
        progress.accept("%s: %d documents of a source".formatted(transfer.label(), source.size()));
      }
      return Optional.of(course.weights());
    }
    return Optional.of(learner.weights());
  }

  /**
   * Micro F1 after so many documents of the target, each with all the rehearsal that belongs to it.
   *
   * @param documents numbers of documents, ascending
   * @param seed decides which documents come, in what order, and all else that is random
   */
  Map<Integer, Double> run(Optional<Weights> start, List<Integer> documents, long seed) {
    List<LabelledDocument> shuffled = new ArrayList<>(training);
    Collections.shuffle(shuffled, new Random(seed));
    Course course = new Course(settings, StartOption.learner(settings, start), seed);
    Map<Integer, Double> f1 = new TreeMap<>();
    int from = 0;
    for (int to : documents) {
      course.stream(examples(shuffled.subList(from, to)), learned -> {});
      from = to;
      try (Extractor extractor = course.extractor()) {
        f1.put(to, tests.test(extractor).score().microF1());
      }
    }
    return f1;
  }

  private static List<Example> examples(List<LabelledDocument> documents) {
    return documents.stream().map(LabelledDocument::example).toList();
  }
}
