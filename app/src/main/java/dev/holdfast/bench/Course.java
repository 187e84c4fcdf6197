package dev.holdfast.bench;

import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.GatedLearner;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.continual.RoundReport;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.Example;
import dev.holdfast.network.Decoding;
import dev.holdfast.network.Extractor;
import dev.holdfast.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/**
 * One learner and what it was fed: examples in rounds, each with the rehearsal after it that an
 * unhurried learner service does.
 *
 * <p>Not thread-safe.
 */
final class Course {
  /** As the learner service has it unless told otherwise. */
  static final int ROUND_EXAMPLES = 8;

  /** Passes of joint learning end when the loss of one is no less than this part of the best. */
  private static final double STILL_BETTER = 0.99;

  private static final int MAX_PASSES = 40;

  private final LearningSettings settings;
  private final GatedLearner learner;
  private final List<Verdict> refusals = new ArrayList<>();
  private final SplittableRandom seeds;
  private final Random order;
  private long updates;
  private long nanos;
  private int remembered;
  private long version;

  /**
   * What learning took.
   *
   * @param updates of the weights, a document each
   * @param seconds spent on them; what a listener does is left out
   * @param remembered documents kept at the end
   * @param stateBytes size of all that the learner keeps, as it would be saved
   */
  record Cost(long updates, double seconds, int remembered, long stateBytes) {}

  /** Told what was done while it is done. */
  @FunctionalInterface
  interface Listener {
    /**
     * A round has been learned, the rehearsal after it has not yet begun: the state in which the
     * service publishes a version.
     *
     * @param documents learned so far in this stream
     */
    void learned(int documents);
  }

  /**
   * A learner that knows nothing yet.
   *
   * @param seed decides everything random
   */
  Course(LearningSettings settings, long seed) {
    this(settings, new ContinualLearner(settings), seed);
  }

  /** Goes on with a learner that nothing is held back from yet. */
  Course(LearningSettings settings, ContinualLearner learner, long seed) {
    this(settings, new GatedLearner(settings, learner), seed);
  }

  private Course(LearningSettings settings, GatedLearner learner, long seed) {
    this.settings = settings;
    this.learner = learner;
    this.seeds = new SplittableRandom(seed);
    this.order = new Random(seed);
  }

  /** A course of its own that begins with all that this one's learner knows but its documents. */
  Course fork(long seed) {
    return new Course(settings, learner.fork(), seed);
  }

  /** Another course of the same learner as it is now, which goes on by itself. */
  Course copy(long seed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      learner.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return new Course(settings, GatedLearner.restore(settings, in), seed);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the learner wrote this itself", e);
    }
  }

  /**
   * Takes in what another course's learner knows, if the gate lets it.
   *
   * @return whether it did
   */
  boolean merge(Course other) {
    version++;
    return learner.merge(other.learner, version).isEmpty();
  }

  /** Every example comes once, in order, and what a round has made is judged by the gate. */
  void stream(List<Example> examples, Listener listener) {
    for (int from = 0; from < examples.size(); from += ROUND_EXAMPLES) {
      int to = Math.min(examples.size(), from + ROUND_EXAMPLES);
      List<Example> examplesOfRound = examples.subList(from, to);
      round(seed -> learner.learn(examplesOfRound, seed).report());
      judge();
      listener.learned(to);
      while (learner.wantsRehearsal()) {
        round(seed -> learner.learn(List.of(), seed).report());
      }
    }
  }

  /** Told about one pass over all examples. */
  @FunctionalInterface
  interface PassListener {
    /**
     * A pass has ended.
     *
     * @param pass from 1
     * @param loss nats for each known field
     */
    void passed(int pass, double loss);
  }

  /**
   * The examples come again and again in changing order, until that helps no more. No gate: all of
   * them are learned.
   */
  void joint(List<Example> examples, PassListener listener) {
    List<Example> shuffled = new ArrayList<>(examples);
    double best = Double.POSITIVE_INFINITY;
    for (int pass = 1; pass <= MAX_PASSES; pass++) {
      Collections.shuffle(shuffled, order);
      double loss = 0;
      for (int from = 0; from < shuffled.size(); from += ROUND_EXAMPLES) {
        int to = Math.min(shuffled.size(), from + ROUND_EXAMPLES);
        List<Example> some = shuffled.subList(from, to);
        RoundReport report = round(seed -> learner.learner().learn(some, seed));
        loss += report.loss() * some.size() / shuffled.size();
      }
      listener.passed(pass, loss);
      if (loss > STILL_BETTER * best) {
        break;
      }
      best = loss;
    }
  }

  private RoundReport round(LongFunction<RoundReport> learning) {
    long start = System.nanoTime();
    RoundReport report = learning.apply(seeds.nextLong());
    nanos += System.nanoTime() - start;
    updates += report.updates();
    remembered = report.remembered();
    return report;
  }

  private void judge() {
    long start = System.nanoTime();
    version++;
    Verdict verdict = learner.judge(learner.weights(), version, version);
    nanos += System.nanoTime() - start;
    updates += verdict.updates();
    if (verdict.refused()) {
      refusals.add(verdict);
    }
  }

  /** What the gate did not let pass, in its order. */
  List<Verdict> refusals() {
    return List.copyOf(refusals);
  }

  /** What has been learned so far, ready to run; to be closed. */
  Extractor extractor() {
    return extractor(Decoding.SPANS);
  }

  /** The same with another way to choose values. */
  Extractor extractor(Decoding decoding) {
    return new Extractor(learner.weights(), decoding, settings.encoder());
  }

  /** The weights as they are now. */
  Weights weights() {
    return learner.weights();
  }

  long updates() {
    return updates;
  }

  double seconds() {
    return nanos / 1e9;
  }

  /** What learning has taken so far. */
  Cost cost() {
    CountingStream counted = new CountingStream();
    try (DataOutputStream out = new DataOutputStream(counted)) {
      learner.save(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Cost(updates, seconds(), remembered, counted.bytes);
  }

  private static final class CountingStream extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int from, int length) {
      bytes += length;
    }
  }
}
