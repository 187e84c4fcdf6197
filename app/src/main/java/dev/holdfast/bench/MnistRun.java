package dev.holdfast.bench;

import dev.holdfast.bench.Perceptron.Example;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Learns the tasks of a protocol in turn and tests what is left of each at the end. */
final class MnistRun {
  private final MnistProtocol protocol;
  private final Digits digits;
  private final Consumer<String> progress;

  /**
   * What came of one run.
   *
   * @param method that learned
   * @param seed that decided all that is random
   * @param accuracy mean over tasks of the accuracy after the last, in percent
   * @param backwardTransfer mean over all tasks but the last of the accuracy after the last less
   *     that right after the task, in percentage points
   */
  record Result(String method, long seed, double accuracy, double backwardTransfer) {}

  /**
   * @param progress takes a line after each run
   */
  MnistRun(MnistProtocol protocol, Digits digits, Consumer<String> progress) {
    this.protocol = protocol;
    this.digits = digits;
    this.progress = progress;
  }

  /**
   * Runs one method once. With the same seed every method has the same tasks and begins with the
   * same weights.
   */
  Result run(MnistMethod method, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Task> tasks = protocol.tasks(digits, random.split());
    MnistLearner learner =
        new MnistLearner(protocol, method, digits.pixels(), random.split(), random.split());
    double transfer = 0;
    List<Example> seen = new ArrayList<>();
    for (Task task : tasks) {
      if (!method.joint()) {
        seen.clear();
      }
      task.train().forEach(digit -> seen.add(new Example(digit, task)));
      learn(learner, task, seen, random.split());
      learner.consolidate(task);
      if (task != tasks.get(tasks.size() - 1)) {
        transfer -= learner.accuracy(task, task);
      }
    }
    double sum = 0;
    Task last = tasks.get(tasks.size() - 1);
    for (Task task : tasks) {
      double left = learner.accuracy(task, last);
      sum += left;
      transfer += task == last ? 0 : left;
    }
    Result result =
        new Result(
            method.name(), seed, 100 * sum / tasks.size(), 100 * transfer / (tasks.size() - 1));
    progress.accept(
        "%s %s seed %d: accuracy %.2f, backward transfer %.2f"
            .formatted(
                protocol.label(), method.name(), seed, result.accuracy, result.backwardTransfer));
    return result;
  }

  /** Batches of the examples in random order, over and over; only the last one may be smaller. */
  private void learn(
      MnistLearner learner, Task task, List<Example> examples, SplittableRandom random) {
    List<Example> order = List.of();
    int from = 0;
    int batches = protocol.batches(examples.size());
    for (int batch = 0; batch < batches; batch++) {
      boolean complete = from + protocol.batch() <= order.size();
      boolean last = batches - batch == 1;
      if (from >= order.size() || !(complete || last)) {
        order = new ArrayList<>(examples);
        Collections.shuffle(order, new Random(random.nextLong()));
        from = 0;
      }
      int to = Math.min(from + protocol.batch(), order.size());
      learner.learn(task, order.subList(from, to));
      from = to;
    }
  }
}
