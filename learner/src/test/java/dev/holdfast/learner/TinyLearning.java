package dev.holdfast.learner;

import dev.holdfast.continual.Held;
import dev.holdfast.continual.Verdict;
import dev.holdfast.document.DocumentId;
import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.Safetensors;
import dev.holdfast.network.Tensor;
import dev.holdfast.network.Weights;
import dev.holdfast.version.Digest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A learner that a test can follow: every update moves one of its weights by what the round's seed
 * and the document's id say, so that any other order, batch or seed gives other weights.
 */
final class TinyLearning implements Learning {
  /** A document that every round with it fails on, after it has learned those before it. */
  static final String UNLEARNABLE = "unlearnable";

  /** A document that a version is refused for. */
  static final String POISON = "poison";

  /** A document that what has learned it is not taken in for. */
  static final String FOREIGN = "foreign";

  /** A document that is held back. */
  static final String HELD = "held";

  private static final int HELPINGS_OWED = 2;

  private final float[] weights;
  private final SortedMap<String, Integer> remembered = new TreeMap<>();
  private final List<String> sinceGood = new ArrayList<>();
  private int owed;
  private float[] goodWeights;
  private SortedMap<String, Integer> goodRemembered = new TreeMap<>();
  private long good;

  private TinyLearning(int size) {
    weights = new float[size];
    goodWeights = weights.clone();
  }

  static Source source(int size) {
    return new Source() {
      @Override
      public Learning begin() {
        return new TinyLearning(size);
      }

      @Override
      public Learning startFrom(Weights weights) {
        if (weights.parameters() != size) {
          throw new IllegalArgumentException(
              "expected %d weights, was %d".formatted(size, weights.parameters()));
        }
        byte[] file = Safetensors.write(weights);
        int bytes = size * Float.BYTES;
        TinyLearning learning = new TinyLearning(size);
        ByteBuffer.wrap(file, file.length - bytes, bytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(learning.weights);
        return learning;
      }

      @Override
      public Learning restore(DataInput in) throws IOException {
        return read(in, size);
      }

      @Override
      public Digest configuration() {
        return Digest.of(List.of(new byte[] {(byte) size}));
      }
    };
  }

  @Override
  public Outcome learn(List<Example> examples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long updates = 0;
    Set<DocumentId> heldBack = new HashSet<>();
    for (Example example : examples) {
      String id = example.document().id().value();
      if (id.equals(HELD)) {
        heldBack.add(example.document().id());
        continue;
      }
      if (id.equals(UNLEARNABLE)) {
        throw new IllegalStateException("expected a finite loss, was NaN");
      }
      remembered.merge(id, 1, Integer::sum);
      sinceGood.add(id);
      update(id, random);
      owed += HELPINGS_OWED;
      updates++;
    }
    if (examples.isEmpty() && owed > 0) {
      owed--;
      for (String id : remembered.keySet()) {
        update(id, random);
        updates++;
      }
    }
    return new Outcome(updates, remembered.size(), new NotLearned(heldBack, List.of()));
  }

  @Override
  public Outcome forget(DocumentKey document) {
    remembered.remove(document.id().value());
    goodRemembered.remove(document.id().value());
    return Outcome.nothing(remembered.size());
  }

  private void update(String id, SplittableRandom random) {
    int at = Math.floorMod(id.hashCode(), weights.length);
    weights[at] += (float) random.nextDouble() + 0.5f * weights[(at + 1) % weights.length];
  }

  @Override
  public void consolidate() {
    weights[0] += 1000;
  }

  /** Ana is mistrusted at all times, so that any schedule may ask for trust. */
  @Override
  public boolean trust(String annotator) {
    weights[1] += annotator.equals("ana") ? 1000 : 0;
    return annotator.equals("ana");
  }

  @Override
  public int mistrusted() {
    return 1;
  }

  @Override
  public Learning fork() {
    TinyLearning fork = new TinyLearning(weights.length);
    System.arraycopy(weights, 0, fork.weights, 0, weights.length);
    return fork;
  }

  /** Takes the mean, unless the other one has learned what is foreign. */
  @Override
  public List<Verdict.Fall> merge(Learning other, long version) {
    TinyLearning theirs = (TinyLearning) other;
    if (theirs.remembered.containsKey(FOREIGN)) {
      return List.of(new Verdict.Fall("receipt", Optional.empty(), .9, .4, 12, 1));
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (weights[i] + theirs.weights[i]) / 2;
    }
    good = version;
    goodWeights = weights.clone();
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
    return new Weights(
        Map.of("remembered", remembered.toString()),
        List.of(Tensor.of("rows", weights.clone(), weights.length)));
  }

  /** Refuses what has learned poison since the last good version. */
  @Override
  public Verdict judge(Weights candidate, long version, long seed) {
    long before = good;
    if (!sinceGood.contains(POISON)) {
      good = version;
      goodWeights = weights.clone();
      goodRemembered = new TreeMap<>(remembered);
      sinceGood.clear();
      return new Verdict(Verdict.Outcome.GOOD, before, Optional.empty(), List.of(), List.of(), 0);
    }
    List<String> again = sinceGood.stream().filter(id -> !id.equals(POISON)).toList();
    System.arraycopy(goodWeights, 0, weights, 0, weights.length);
    remembered.clear();
    remembered.putAll(goodRemembered);
    sinceGood.clear();
    SplittableRandom random = new SplittableRandom(seed);
    for (String id : again) {
      remembered.merge(id, 1, Integer::sum);
      sinceGood.add(id);
      update(id, random);
    }
    return new Verdict(
        Verdict.Outcome.REFUSED,
        before,
        Optional.of(new Verdict.Compared(12, 24, .9, .4, .03)),
        List.of(new Verdict.Fall("receipt", Optional.empty(), .9, .4, 12, 1)),
        List.of(new Verdict.PutAside(new DocumentId(POISON), "ana")),
        again.size());
  }

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(weights.length);
    out.writeInt(owed);
    out.writeLong(good);
    write(out, weights, remembered);
    write(out, goodWeights, goodRemembered);
    out.writeInt(sinceGood.size());
    for (String id : sinceGood) {
      out.writeUTF(id);
    }
  }

  private static void write(DataOutput out, float[] weights, Map<String, Integer> remembered)
      throws IOException {
    for (float weight : weights) {
      out.writeFloat(weight);
    }
    out.writeInt(remembered.size());
    for (Map.Entry<String, Integer> entry : remembered.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeInt(entry.getValue());
    }
  }

  private static TinyLearning read(DataInput in, int size) throws IOException {
    int length = in.readInt();
    if (length != size) {
      throw new IOException("expected a learner of %d weights, was %d".formatted(size, length));
    }
    TinyLearning learning = new TinyLearning(size);
    learning.owed = in.readInt();
    learning.good = in.readLong();
    read(in, learning.weights, learning.remembered);
    read(in, learning.goodWeights, learning.goodRemembered);
    for (int count = in.readInt(); count > 0; count--) {
      learning.sinceGood.add(in.readUTF());
    }
    return learning;
  }

  private static void read(DataInput in, float[] weights, Map<String, Integer> remembered)
      throws IOException {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = in.readFloat();
    }
    for (int count = in.readInt(); count > 0; count--) {
      remembered.put(in.readUTF(), in.readInt());
    }
  }

  @Override
  public void close() {}
}
