package dev.holdfast.bench;

import dev.holdfast.continual.Estimator;
import dev.holdfast.continual.ImportanceSettings.Anchor;
import dev.holdfast.continual.Softmax.Classes;
import dev.holdfast.continual.StepSettings.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** What is learned in turn, by which network, and how long. */
enum MnistProtocol {
  /**
   * Ten permutations of the pixels, the first 14,262 digits once in batches of 32: 100 and 100
   * hidden units, gradient descent with rate .1.
   */
  PERMUTED_14K(Kind.PERMUTED, 10, 14_262, 100, Rule.SGD, 32),

  /**
   * Twenty permutations of the pixels, all digits once in batches of 128: 100 and 100 hidden units,
   * gradient descent with rate .2, or .1 where weights are held or logits are stored (the settings
   * of Buzzega et al. 2020, arXiv:2004.07211).
   */
  PERMUTED_20(Kind.PERMUTED, 20, 60_000, 100, Rule.SGD, 128),

  /**
   * Five tasks of two digits each, task-incremental: it is known which task a digit belongs to. 400
   * and 400 hidden units, 2,000 batches of 128 a task, Adam with rate .001 (van de Ven & Tolias
   * 2019, arXiv:1904.07734, section 5).
   */
  SPLIT(Kind.TASKS, 5, 60_000, 400, Rule.ADAM_CORRECTED, 128),

  /** The same tasks, class-incremental: a digit may be any of those seen so far. */
  SPLIT_CLASS(Kind.CLASSES, 5, 60_000, 400, Rule.ADAM_CORRECTED, 128);

  private static final int SPLIT_BATCHES = 2_000;

  private enum Kind {
    PERMUTED,
    TASKS,
    CLASSES
  }

  private final Kind kind;
  private final int tasks;
  private final int limit;
  private final int hidden;
  private final Rule rule;
  private final int batch;

  MnistProtocol(Kind kind, int tasks, int limit, int hidden, Rule rule, int batch) {
    this.kind = kind;
    this.tasks = tasks;
    this.limit = limit;
    this.hidden = hidden;
    this.rule = rule;
    this.batch = batch;
  }

  /** Its name on the command line. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  int[] layers(int pixels) {
    return new int[] {pixels, hidden, hidden, Task.LABELS};
  }

  Rule rule() {
    return rule;
  }

  int batch() {
    return batch;
  }

  /** How many batches a task is learned in, of so many examples. */
  int batches(int examples) {
    return kind == Kind.PERMUTED ? (examples + batch - 1) / batch : SPLIT_BATCHES;
  }

  double rate(MnistMethod method) {
    if (rule == Rule.ADAM_CORRECTED) {
      return .001;
    }
    boolean bold = this == PERMUTED_20 && method.elastic().isEmpty() && !method.storesLogits();
    return bold ? .2 : .1;
  }

  Estimator estimator() {
    return kind == Kind.PERMUTED ? Estimator.EMPIRICAL : Estimator.EXACT;
  }

  /** γ of online EWC; separate penalties add up undiminished. */
  double importanceDecay(MnistMethod.Elastic elastic) {
    boolean online = elastic.anchor() == Anchor.LATEST;
    return kind != Kind.PERMUTED && online ? .8 : 1;
  }

  /**
   * λ unless the method says otherwise: less where memories hold as well. It stands before half of
   * the penalty, as in Kirkpatrick et al. 2017; where the ½ is left out the same λ is half of this.
   */
  double lambda(MnistMethod method) {
    if (kind == Kind.PERMUTED) {
      return method.memories() > 0 ? 10 : 20;
    }
    return 1e7;
  }

  /** Whether all tasks are told by the same outputs, so that the task in hand says which count. */
  boolean sharesOutputs() {
    return kind != Kind.TASKS;
  }

  List<Task> tasks(Digits digits, SplittableRandom random) {
    List<Digit> train = digits.train().subList(0, Math.min(limit, digits.train().size()));
    int[] labels = IntStream.range(0, Task.LABELS).toArray();
    int[] places = IntStream.range(0, digits.pixels()).toArray();
    if (kind == Kind.PERMUTED) {
      List<Task> permuted = new ArrayList<>();
      for (int t = 0; t < tasks; t++) {
        Classes all = new Classes(0, Task.LABELS);
        permuted.add(new Task(train, digits.test(), shuffled(places, random), labels, all));
      }
      return permuted;
    }
    int[] outputs = shuffled(labels, random);
    int each = Task.LABELS / tasks;
    List<Task> split = new ArrayList<>();
    for (int t = 0; t < tasks; t++) {
      Classes own = new Classes(each * t, each * (t + 1));
      split.add(
          new Task(
              among(train, outputs, own),
              among(digits.test(), outputs, own),
              places,
              outputs,
              kind == Kind.CLASSES ? new Classes(0, own.to()) : own));
    }
    return split;
  }

  private static List<Digit> among(List<Digit> digits, int[] outputs, Classes classes) {
    return digits.stream()
        .filter(
            digit ->
                outputs[digit.label()] >= classes.from() && outputs[digit.label()] < classes.to())
        .toList();
  }

  private static int[] shuffled(int[] numbers, SplittableRandom random) {
    List<Integer> order = new ArrayList<>(Arrays.stream(numbers).boxed().toList());
    Collections.shuffle(order, new Random(random.nextLong()));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }
}
