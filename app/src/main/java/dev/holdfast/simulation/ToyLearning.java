package dev.holdfast.simulation;

import dev.holdfast.continual.Held;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.learner.Learning;
import dev.holdfast.learner.NotLearned;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Digest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A learner whose weights say exactly what it has learned in which order by which seeds: every
 * other order, batch or seed leads to other weights, at no cost.
 */
final class ToyLearning implements Learning {
  /** A document that every round with it fails on, after it has learned those before it. */
  static final String UNLEARNABLE = "unlearnable";

  /** A document that a version is refused for. */
  static final String POISON = "poison";

  private static final String MISTRUSTED = "ana";
  private static final int OWED = 2;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final SortedMap<String, Integer> remembered = new TreeMap<>();
  private final List<String> sinceGood = new ArrayList<>();
  private SortedMap<String, Integer> goodRemembered = new TreeMap<>();
  private long state;
  private long goodState;
  private long good;
  private int owed;

  /** Where such learners come from. */
  static final Source SOURCE =
      new Source() {
        @Override
        public Learning begin() {
          return new ToyLearning();
        }

        @Override
        public Learning restore(DataInput in) throws IOException {
          ToyLearning learning = new ToyLearning();
          learning.state = in.readLong();
          learning.goodState = in.readLong();
          learning.good = in.readLong();
          learning.owed = in.readInt();
          read(in, learning.remembered);
          read(in, learning.goodRemembered);
          for (int count = in.readInt(); count > 0; count--) {
            learning.sinceGood.add(in.readUTF());
          }
          return learning;
        }

        @Override
        public Learning startFrom(Weights weights) {
          throw new IllegalArgumentException("expected no import in a simulation");
        }

        @Override
        public Digest configuration() {
          return Digest.of(List.of(new byte[] {1}));
        }
      };

  private void mix(long with) {
    state = Long.rotateLeft(state ^ with * MIX, 23) * MIX + 1;
  }

  @Override
  public Outcome learn(List<Example> examples, long seed) {
    mix(seed);
    long updates = 0;
    for (Example example : examples) {
      String id = example.document().id().value();
      if (id.equals(UNLEARNABLE)) {
        throw new IllegalStateException("expected a finite loss, was NaN");
      }
      learn(id);
      owed += OWED;
      updates++;
    }
    if (examples.isEmpty() && owed > 0) {
      owed--;
      for (String id : remembered.keySet()) {
        mix(id.hashCode());
        updates++;
      }
    }
    return new Outcome(updates, remembered.size(), NotLearned.NONE);
  }

  private void learn(String id) {
    remembered.merge(id, 1, Integer::sum);
    sinceGood.add(id);
    mix(id.hashCode());
  }

  @Override
  public Outcome forget(DocumentKey document) {
    remembered.remove(document.id().value());
    goodRemembered.remove(document.id().value());
    return Outcome.nothing(remembered.size());
  }

  @Override
  public void consolidate() {
    mix(1000);
  }

  /** One is mistrusted at all times, so that any schedule may ask for trust. */
  @Override
  public boolean trust(String annotator) {
    boolean mistrusted = annotator.equals(MISTRUSTED);
    if (mistrusted) {
      mix(1001);
    }
    return mistrusted;
  }

  @Override
  public int mistrusted() {
    return 1;
  }

  @Override
  public Learning fork() {
    ToyLearning fork = new ToyLearning();
    fork.state = state;
    return fork;
  }

  @Override
  public List<Verdict.Fall> merge(Learning other, long version) {
    mix(((ToyLearning) other).state);
    good = version;
    goodState = state;
    goodRemembered = new TreeMap<>(remembered);
    sinceGood.clear();
    return List.of();
  }

  @Override
  public boolean wantsRehearsal() {
    return owed > 0;
  }

  @Override
  public Held held() {
    return Held.NOTHING;
  }

  @Override
  public Weights weights() {
    float[] halves = {
      (int) (state >>> 40), (int) (state >>> 20 & 0xFFFFF), (int) (state & 0xFFFFF)
    };
    return new Weights(
        Map.of("remembered", remembered.toString()),
        List.of(Tensor.of("rows", halves, halves.length)));
  }

  /** Refuses what has learned poison since the last good version. */
  @Override
  public Verdict judge(Weights weights, long version, long seed) {
    long before = good;
    if (!sinceGood.contains(POISON)) {
      good = version;
      goodState = state;
      goodRemembered = new TreeMap<>(remembered);
      sinceGood.clear();
      return new Verdict(Verdict.Outcome.GOOD, before, Optional.empty(), List.of(), List.of(), 0);
    }
    List<String> again = sinceGood.stream().filter(id -> !id.equals(POISON)).toList();
    state = goodState;
    remembered.clear();
    remembered.putAll(goodRemembered);
    sinceGood.clear();
    mix(seed);
    again.forEach(this::learn);
    return new Verdict(
        Verdict.Outcome.REFUSED,
        before,
        Optional.of(new Verdict.Compared(12, 24, .9, .4, .03)),
        List.of(new Verdict.Fall("receipt", Optional.empty(), .9, .4, 12, 1)),
        List.of(new Verdict.PutAside(new DocumentId(POISON), MISTRUSTED)),
        again.size());
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeLong(state);
    out.writeLong(goodState);
    out.writeLong(good);
    out.writeInt(owed);
    write(out, remembered);
    write(out, goodRemembered);
    out.writeInt(sinceGood.size());
    for (String id : sinceGood) {
      out.writeUTF(id);
    }
  }

  private static void write(DataOutput out, Map<String, Integer> remembered) throws IOException {
    out.writeInt(remembered.size());
    for (Map.Entry<String, Integer> entry : remembered.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue());
    }
  }

  private static void read(DataInput in, Map<String, Integer> remembered) throws IOException {
    for (int count = in.readInt(); count > 0; count--) {
      remembered.put(in.readUTF(), in.readInt());
    }
  }

  @Override
  public void close() {}
}
