package dev.holdfast.bench;

import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.continual.RoundReport;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.LabelledDocument;
import dev.holdfast.extraction.Extraction;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.PredictedValue;
import dev.holdfast.network.Prediction;
import dev.holdfast.network.Weights;
import dev.holdfast.score.Score;
import dev.holdfast.score.Scorer;
import dev.holdfast.version.ModelParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Learns a training set with the learner's own code and scores a test set with the result. */
final class Evaluation {
  /** As the learner service has it unless told otherwise. */
  private static final int ROUND_EXAMPLES = 8;

  /** Passes of joint learning end when the loss of one is no less than this part of the best. */
  private static final double STILL_BETTER = 0.99;

  private static final int MAX_PASSES = 40;
  private static final int WARM_UP_DOCUMENTS = 50;

  private final LearningSettings settings;
  private final SplittableRandom seeds;
  private final Random order;
  private final Consumer<String> progress;

  /**
   * What came of it.
   *
   * @param report the numbers
   * @param extractions of the test documents, in order
   */
  record Outcome(EvaluationReport report, List<Extraction> extractions) {
    Outcome {
      extractions = List.copyOf(extractions);
    }
  }

  /**
   * An evaluation, to be used once.
   *
   * @param seed decides everything random
   * @param progress told how far it is
   */
  Evaluation(LearningSettings settings, long seed, Consumer<String> progress) {
    this.settings = settings;
    this.seeds = new SplittableRandom(seed);
    this.order = new Random(seed);
    this.progress = progress;
  }

  /** Every document comes once, in order, with the rehearsal that belongs to it. */
  Outcome stream(List<LabelledDocument> training, List<LabelledDocument> tests) {
    return evaluate(training, tests, this::stream);
  }

  /** The documents come again and again in changing order, until that helps no more. */
  Outcome joint(List<LabelledDocument> training, List<LabelledDocument> tests) {
    return evaluate(training, tests, this::joint);
  }

  /** A way to learn. */
  @FunctionalInterface
  private interface Way {
    /** Learns the examples and says how many updates that were. */
    long learn(ContinualLearner learner, List<Example> examples);
  }

  private Outcome evaluate(List<LabelledDocument> training, List<LabelledDocument> tests, Way way) {
    ContinualLearner learner = new ContinualLearner(settings);
    List<Example> examples = training.stream().map(LabelledDocument::example).toList();
    long start = System.nanoTime();
    long updates = way.learn(learner, examples);
    double seconds = seconds(start);
    Weights weights = learner.weights();
    try (Extractor extractor = new Extractor(weights)) {
      return test(extractor, tests, training.size(), seconds, updates);
    }
  }

  private long stream(ContinualLearner learner, List<Example> examples) {
    long updates = 0;
    for (int from = 0; from < examples.size(); from += ROUND_EXAMPLES) {
      int to = Math.min(examples.size(), from + ROUND_EXAMPLES);
      updates += learner.learn(examples.subList(from, to), seeds.nextLong()).updates();
      while (learner.wantsRehearsal()) {
        updates += learner.learn(List.of(), seeds.nextLong()).updates();
      }
      if (to % 100 < ROUND_EXAMPLES || to == examples.size()) {
        progress.accept("learned %d of %d documents".formatted(to, examples.size()));
      }
    }
    return updates;
  }

  private long joint(ContinualLearner learner, List<Example> examples) {
    List<Example> shuffled = new ArrayList<>(examples);
    double best = Double.POSITIVE_INFINITY;
    long updates = 0;
    for (int pass = 1; pass <= MAX_PASSES; pass++) {
      Collections.shuffle(shuffled, order);
      double loss = 0;
      for (int from = 0; from < shuffled.size(); from += ROUND_EXAMPLES) {
        int to = Math.min(shuffled.size(), from + ROUND_EXAMPLES);
        RoundReport round = learner.learn(shuffled.subList(from, to), seeds.nextLong());
        updates += round.updates();
        loss += round.loss() * (to - from) / shuffled.size();
      }
      progress.accept("pass %d, loss %.4f".formatted(pass, loss));
      if (loss > STILL_BETTER * best) {
        break;
      }
      best = loss;
    }
    return updates;
  }

  private static Outcome test(
      Extractor extractor,
      List<LabelledDocument> tests,
      int trainDocuments,
      double trainSeconds,
      long updates) {
    tests.stream().limit(WARM_UP_DOCUMENTS).forEach(test -> extractor.extract(test.document()));
    String digest = ModelParts.split(extractor.weights()).content().digest().text();
    List<Prediction> predictions = new ArrayList<>();
    long start = System.nanoTime();
    for (LabelledDocument test : tests) {
      predictions.add(extractor.extract(test.document()));
    }
    double seconds = seconds(start);
    long words = tests.stream().mapToLong(test -> test.document().tokens().size()).sum();
    Score score = Score.NONE;
    List<Extraction> extractions = new ArrayList<>();
    for (int i = 0; i < tests.size(); i++) {
      LabelledDocument test = tests.get(i);
      score = score.plus(score(test, predictions.get(i)));
      extractions.add(Extraction.of(test.document(), predictions.get(i), 1, digest, Instant.EPOCH));
    }
    return new Outcome(
        new EvaluationReport(
            score,
            trainDocuments,
            tests.size(),
            extractor.weights().parameters(),
            trainSeconds,
            words / seconds,
            updates),
        extractions);
  }

  private static Score score(LabelledDocument test, Prediction prediction) {
    Map<FieldName, List<String>> texts = new HashMap<>();
    prediction
        .fields()
        .forEach(
            (field, values) ->
                texts.put(field, values.stream().map(PredictedValue::text).toList()));
    return Scorer.score(test.document(), test.annotation().marks(), texts);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
