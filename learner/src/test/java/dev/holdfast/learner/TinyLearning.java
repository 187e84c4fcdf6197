package dev.holdfast.learner;

import dev.holdfast.continual.Held;
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
import java.util.List;
import java.util.Map;
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

  private static final int HELPINGS_OWED = 2;

  private final float[] weights;
  private final SortedMap<String, Integer> remembered = new TreeMap<>();
  private int owed;

  private TinyLearning(int size) {
    weights = new float[size];
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
    for (Example example : examples) {
      String id = example.document().id().value();
      if (id.equals(UNLEARNABLE)) {
        throw new IllegalStateException("expected a finite loss, was NaN");
      }
      remembered.merge(id, 1, Integer::sum);
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
    return new Outcome(updates, remembered.size());
  }

  @Override
  public Outcome forget(DocumentKey document) {
    remembered.remove(document.id().value());
    return new Outcome(0, remembered.size());
  }

  private void update(String id, SplittableRandom random) {
    int at = Math.floorMod(id.hashCode(), weights.length);
    weights[at] += (float) random.nextDouble() + 0.5f * weights[(at + 1) % weights.length];
  }

  @Override
  public void consolidate() {
    weights[0] += 1000;
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

  @Override
  public void save(DataOutput out) throws IOException {
    out.writeInt(weights.length);
    out.writeInt(owed);
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
    for (int i = 0; i < size; i++) {
      learning.weights[i] = in.readFloat();
    }
    for (int count = in.readInt(); count > 0; count--) {
      learning.remembered.put(in.readUTF(), in.readInt());
    }
    return learning;
  }

  @Override
  public void close() {}
}
