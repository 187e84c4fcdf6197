package dev.holdfast.bench;

import dev.holdfast.bench.Perceptron.Example;
import dev.holdfast.continual.ElasticStep;
import dev.holdfast.continual.Importance;
import dev.holdfast.continual.ImportanceSettings;
import dev.holdfast.continual.Planes;
import dev.holdfast.continual.Reservoir;
import dev.holdfast.continual.Softmax;
import dev.holdfast.continual.Softmax.Classes;
import dev.holdfast.continual.StepSettings;
import dev.holdfast.continual.StoredLogits;
import dev.holdfast.network.GradientConsumer;
import dev.holdfast.network.GradientConsumer.Part;
import dev.holdfast.network.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A {@link Perceptron} that learns digits by the rules of {@code continual}. Not thread-safe. */
final class MnistLearner {
  private static final int TEST_BATCH = 256;

  private final MnistProtocol protocol;
  private final MnistMethod method;
  private final SplittableRandom random;
  private final Perceptron network;
  private final GradientConsumer step;
  private final Importance importance;
  private final Reservoir<Remembered> memory;
  private final float[] byLogits;

  /** An example with what the network said when it was remembered. */
  private static final class Remembered {
    private final Example example;
    private final float[] logits;

    private Remembered(Example example, float[] logits) {
      this.example = example;
      this.logits = logits;
    }
  }

  /**
   * @param start of the first weights; methods that begin alike can be compared
   * @param random decides all that comes later
   */
  MnistLearner(
      MnistProtocol protocol,
      MnistMethod method,
      int pixels,
      SplittableRandom start,
      SplittableRandom random) {
    this.protocol = protocol;
    this.method = method;
    this.random = random;
    StepSettings settings = step(protocol, method);
    Parameters parameters = new Parameters(settings.planes());
    int most = Math.max(TEST_BATCH, 3 * protocol.batch());
    network = new Perceptron(parameters, protocol.layers(pixels), most, start);
    Planes.begin(parameters, settings);
    ElasticStep elastic = new ElasticStep(parameters, settings);
    boolean explicit = method.elastic().filter(MnistMethod.Elastic::explicit).isPresent();
    step = explicit ? new ExplicitPenalty(parameters, lambda(protocol, method), elastic) : elastic;
    importance = new Importance(parameters, importance(protocol, method));
    memory = new Reservoir<>(method.memories());
    byLogits = new float[3 * protocol.batch() * Task.LABELS];
  }

  private static double lambda(MnistProtocol protocol, MnistMethod method) {
    return method
        .elastic()
        .map(elastic -> elastic.lambda().orElse(protocol.lambda(method)))
        .orElse(0.);
  }

  private static StepSettings step(MnistProtocol protocol, MnistMethod method) {
    boolean implicit = method.elastic().filter(elastic -> !elastic.explicit()).isPresent();
    return new StepSettings(
        protocol.rule(),
        Map.of(Part.ENCODER, protocol.rate(method)),
        0,
        implicit ? lambda(protocol, method) : 0,
        method.startPull(),
        0);
  }

  private static ImportanceSettings importance(MnistProtocol protocol, MnistMethod method) {
    return method
        .elastic()
        .map(
            elastic ->
                new ImportanceSettings(
                    elastic.estimator().orElse(protocol.estimator()),
                    ImportanceSettings.Unit.TASK,
                    protocol.importanceDecay(elastic),
                    false,
                    Double.POSITIVE_INFINITY,
                    elastic.anchor()))
        .orElse(ImportanceSettings.online(1));
  }

  /**
   * Learns one batch of a task together with as many memories: by the mean loss of all, as
   * experience replay does. Where logits are stored, by the sum of the batch's mean loss, the
   * memories' and the mean term of as many other memories, as DER++ does; α and β are 1, as for
   * permuted digits there (Buzzega et al. 2020).
   */
  void learn(Task task, List<Example> batch) {
    List<Example> all = new ArrayList<>(batch);
    List<Remembered> pulled = drawn(method.storesLogits() ? batch.size() : 0);
    List<Remembered> rehearsed = drawn(batch.size());
    pulled.forEach(remembered -> all.add(remembered.example));
    rehearsed.forEach(remembered -> all.add(remembered.example));
    float[] logits = network.forward(all);
    Arrays.fill(byLogits, 0);
    float share = 1f / (method.storesLogits() ? batch.size() : all.size());
    int outputs = network.outputs();
    for (int e = 0; e < all.size(); e++) {
      int old = e - batch.size();
      if (old >= 0 && old < pulled.size()) {
        StoredLogits.loss(logits, e * outputs, pulled.get(old).logits, share, byLogits);
      } else {
        Example example = all.get(e);
        Softmax.loss(
            logits, e * outputs, classes(example, task), example.output(), share, byLogits);
      }
    }
    for (int e = 0; e < batch.size(); e++) {
      int place = memory.offer(random);
      if (place >= 0) {
        float[] said = Arrays.copyOfRange(logits, e * outputs, (e + 1) * outputs);
        memory.put(place, new Remembered(batch.get(e), said));
      }
    }
    network.backward(byLogits, step);
  }

  private List<Remembered> drawn(int count) {
    List<Remembered> drawn = new ArrayList<>();
    for (int i = 0; i < count && memory.size() > 0; i++) {
      drawn.add(memory.draw(random));
    }
    return drawn;
  }

  private Classes classes(Example example, Task inHand) {
    return protocol.sharesOutputs() ? inHand.classes() : example.task().classes();
  }

  /** Holds from now on what matters for a task that was learned. */
  void consolidate(Task task) {
    if (method.elastic().isEmpty()) {
      return;
    }
    for (Digit digit : task.train()) {
      Example example = new Example(digit, task);
      float[] logits = Arrays.copyOf(network.forward(List.of(example)), network.outputs());
      importance.measure(
          new Softmax(logits, task.classes(), example.output(), network::backwardOne), random);
    }
    importance.consolidate(task.train().size());
  }

  /**
   * Tests a task.
   *
   * @param inHand the task that was learned last
   * @return share of test digits whose label has the highest logit, 0 to 1
   */
  double accuracy(Task task, Task inHand) {
    int right = 0;
    for (int from = 0; from < task.test().size(); from += TEST_BATCH) {
      List<Example> batch =
          task.test().subList(from, Math.min(from + TEST_BATCH, task.test().size())).stream()
              .map(digit -> new Example(digit, task))
              .toList();
      float[] logits = network.forward(batch);
      for (int e = 0; e < batch.size(); e++) {
        int at = e * network.outputs();
        Classes classes = classes(batch.get(e), inHand);
        int best = classes.from();
        for (int c = classes.from(); c < classes.to(); c++) {
          best = logits[at + c] > logits[at + best] ? c : best;
        }
        right += best == batch.get(e).output() ? 1 : 0;
      }
    }
    return (double) right / task.test().size();
  }
}
