package dev.holdfast.learner;

import static java.util.Objects.requireNonNull;

import dev.holdfast.continual.ContinualLearner;
import dev.holdfast.continual.GatedLearner;
import dev.holdfast.continual.Held;
import dev.holdfast.continual.LearningSettings;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Digest;
import dev.holdfast.wire.BadInput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The continual learner, as rounds see it. */
final class ContinualLearning implements Learning {
  private final GatedLearner learner;

  /** What it began with, until it learns: its own weights would lack the calibration of these. */
  private Optional<Weights> untouched;

  private ContinualLearning(GatedLearner learner, Optional<Weights> untouched) {
    this.learner = requireNonNull(learner, "learner is null");
    this.untouched = untouched;
  }

  private ContinualLearning(GatedLearner learner) {
    this(learner, Optional.empty());
  }

  /**
   * Learners that all learn by these settings.
   *
   * @param start weights that each begins with, if any
   */
  static Source source(LearningSettings settings, Optional<Weights> start) {
    return new Source() {
      @Override
      public Learning begin() {
        ContinualLearner learner =
            start
                .map(weights -> ContinualLearner.startFrom(settings, weights))
                .orElseGet(() -> new ContinualLearner(settings));
        return new ContinualLearning(new GatedLearner(settings, learner));
      }

      @Override
      public Learning startFrom(Weights weights) {
        ContinualLearner learner = ContinualLearner.startFrom(settings, weights);
        return new ContinualLearning(new GatedLearner(settings, learner), Optional.of(weights));
      }

      @Override
      public Learning restore(DataInput in) throws IOException {
        return new ContinualLearning(GatedLearner.restore(settings, in), readUntouched(in));
      }

      @Override
      public Digest configuration() {
        List<byte[]> all = new ArrayList<>();
        all.add(settings.toString().getBytes(StandardCharsets.UTF_8));
        start.map(Safetensors::write).ifPresent(all::add);
        return Digest.of(all);
      }
    };
  }

  /** What {@link #save} wrote behind the learner: nothing for one that has learned by itself. */
  private static Optional<Weights> readUntouched(DataInput in) throws IOException {
    int length;
    try {
      length = in.readInt();
    } catch (EOFException e) {
      return Optional.empty();
    }
    byte[] file = new byte[length];
    in.readFully(file);
    try {
      return Optional.of(Safetensors.read(file));
    } catch (BadInput e) {
      throw new IOException("weights of a learner's state: " + e.getMessage(), e);
    }
  }

  @Override
  public Outcome learn(List<Example> examples, long seed) {
    GatedLearner.Round round = learner.learn(examples, seed);
    if (round.report().updates() > 0) {
      untouched = Optional.empty();
    }
    return new Outcome(
        round.report().updates(),
        round.report().remembered(),
        new NotLearned(round.heldBack(), round.putAside()));
  }

  @Override
  public Outcome forget(DocumentKey document) {
    return Outcome.nothing(learner.forget(document));
  }

  @Override
  public void consolidate() {
    learner.consolidate();
  }

  @Override
  public boolean trust(String annotator) {
    return learner.trust(annotator);
  }

  @Override
  public int mistrusted() {
    return learner.mistrusted();
  }

  @Override
  public Learning fork() {
    return new ContinualLearning(learner.fork(), untouched);
  }

  @Override
  public List<Verdict.Fall> merge(Learning other, long version) {
    if (!(other instanceof ContinualLearning theirs)) {
      throw new IllegalArgumentException("expected a learner of the same source, was " + other);
    }
    List<Verdict.Fall> falls = learner.merge(theirs.learner, version);
    if (falls.isEmpty()) {
      untouched = Optional.empty();
    }
    return falls;
  }

  @Override
  public boolean wantsRehearsal() {
    return learner.wantsRehearsal();
  }

  @Override
  public Held held() {
    return learner.held();
  }

  @Override
  public Weights weights() {
    return untouched.orElseGet(learner::weights);
  }

  @Override
  public Verdict judge(Weights weights, long version, long seed) {
    return learner.judge(weights, version, seed);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    learner.save(out);
    if (untouched.isPresent()) {
      byte[] file = Safetensors.write(untouched.get());
      out.writeInt(file.length);
      out.write(file);
    }
  }

  @Override
  public void close() {
    // Plain arrays: nothing to give back.
  }
}
