package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.network.Network;
import dev.holdfast.network.Parameters;
import dev.holdfast.network.TrainingDocument;
import dev.holdfast.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * All that a {@link ContinualLearner} carries from one round to the next: the network with what is
 * kept beside each weight, the documents it remembers, and a few counts. Written and read so that
 * learning goes on to the bit.
 *
 * <p>Not thread-safe: belongs to its learner.
 */
final class LearnerState {
  private static final int FORMAT = 4;

  final Network network;
  final ReplayMemory memory;
  final Optional<DriftResponse> drift;
  final Importance importance;

  final WeightAverage average;
  final Owed owed;

  /** How many different documents were learned. */
  long learned;

  /** How many documents were measured since the last consolidation. */
  long measured;

  private LearnerState(
      LearningSettings settings, Network network, Optional<DriftResponse> drift, Owed owed) {
    this.network = network;
    this.drift = drift;
    this.owed = owed;
    importance = new Importance(network.parameters(), settings.importance());
    average = new WeightAverage(network.parameters(), settings.emaDecay());
    memory = new ReplayMemory(settings.memoryDocuments());
  }

  /** Before the first round of a network that knows nothing. */
  static LearnerState begin(LearningSettings settings) {
    return before(
        settings,
        new Network(
            new Parameters(settings.step().planes()),
            settings.seed(),
            settings.supervision(),
            settings.encoder()));
  }

  /**
   * Before the first round of a network that knows what a version knows.
   *
   * @throws IllegalArgumentException when the weights are of another format or over another encoder
   */
  static LearnerState startFrom(LearningSettings settings, Weights weights) {
    return before(
        settings,
        Network.startFrom(
            new Parameters(settings.step().planes()),
            settings.supervision(),
            settings.encoder(),
            weights));
  }

  private static LearnerState before(LearningSettings settings, Network network) {
    Planes.begin(network.parameters(), settings.step());
    return new LearnerState(settings, network, drift(settings), new Owed());
  }

  private static Optional<DriftResponse> drift(LearningSettings settings) {
    return settings.drift().on()
        ? Optional.of(new DriftResponse(settings.drift()))
        : Optional.empty();
  }

  /**
   * What the learner of another collection begins with that is to know all that this one knows: the
   * network and all that is kept beside its weights. Documents stay here, and what was learned from
   * them counts as learned and not remembered, so that it is held.
   */
  LearnerState fork(LearningSettings settings) {
    LearnerState fork =
        new LearnerState(
            settings, backTo(settings, snapshot()).network, drift(settings), new Owed());
    fork.learned = learned;
    fork.measured = measured;
    return fork;
  }

  /** See {@link ContinualLearner#consolidate}. */
  void consolidate() {
    if (measured > 0) {
      importance.consolidate(measured);
      measured = 0;
    }
  }

  /** Share of what was learned that is not remembered, 0 to 1. */
  double forgettable() {
    return learned == 0 ? 0 : 1 - (double) memory.size() / learned;
  }

  /** See {@link ContinualLearner#save}. */
  void save(DataOutput out) throws IOException {
    saveLearned(out);
    write(out, memory.seen(), memory.documents());
  }

  private void saveLearned(DataOutput out) throws IOException {
    int planes = network.parameters().planes();
    out.writeInt(FORMAT);
    out.writeInt(planes);
    out.writeBoolean(drift.isPresent());
    if (drift.isPresent()) {
      drift.get().save(out);
    }
    owed.save(out);
    out.writeLong(learned);
    out.writeLong(measured);
    network.save(out);
  }

  private static void write(DataOutput out, long seen, List<TrainingDocument> remembered)
      throws IOException {
    out.writeLong(seen);
    out.writeInt(remembered.size());
    for (TrainingDocument document : remembered) {
      HeldBack.write(out, Example.taught(document.document(), document.marks()));
    }
  }

  /**
   * What {@link #save} wrote. Where memory was larger then than it may be now, it is as large as it
   * may be from here on: what was saved and the settings decide which documents it keeps, so that
   * every restore leads to the same state, which is another than if memory had been as small from
   * the first round on.
   *
   * @throws IOException when it cannot be read or is of another format
   */
  static LearnerState restore(LearningSettings settings, DataInput in) throws IOException {
    LearnerState state = restoreLearned(settings, in);
    state.readMemory(in);
    return state;
  }

  private static LearnerState restoreLearned(LearningSettings settings, DataInput in)
      throws IOException {
    int format = in.readInt();
    if (format != FORMAT) {
      throw new IOException(
          "expected learner state of format %d, was %d".formatted(FORMAT, format));
    }
    Parameters parameters = new Parameters(in.readInt());
    // Read also when it is off by now: the rest lies behind it.
    DriftSettings watched = settings.drift().on() ? settings.drift() : DriftSettings.ANY;
    DriftResponse saved = new DriftResponse(watched);
    if (in.readBoolean()) {
      saved.restore(in);
    }
    Owed owed = new Owed();
    owed.restore(in);
    long learned = in.readLong();
    long measured = in.readLong();
    Network network = Network.restore(parameters, settings.supervision(), settings.encoder(), in);
    Planes.extend(parameters, settings.step());
    LearnerState state =
        new LearnerState(
            settings, network, settings.drift().on() ? Optional.of(saved) : Optional.empty(), owed);
    state.learned = learned;
    state.measured = measured;
    return state;
  }

  private void readMemory(DataInput in) throws IOException {
    memory.seen(in.readLong());
    int remembered = in.readInt();
    for (int i = 0; i < remembered; i++) {
      Example example = HeldBack.read(in);
      memory.add(network.prepare(example.document(), example.taught()));
    }
    memory.fit();
  }

  /** How it is now, to go back to it. */
  Snapshot snapshot() {
    try (DataOutputStream size = new DataOutputStream(OutputStream.nullOutputStream())) {
      saveLearned(size);
      byte[] learned = new byte[size.size()];
      saveLearned(new DataOutputStream(into(learned)));
      return new Snapshot(learned, memory.seen(), memory.documents());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
  }

  /** Fills an array, which may be large: what grows by itself would be in memory twice. */
  private static OutputStream into(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new OutputStream() {
      @Override
      public void write(int b) {
        buffer.put((byte) b);
      }

      @Override
      public void write(byte[] some, int from, int length) {
        buffer.put(some, from, length);
      }
    };
  }

  /** As it was: same rounds, same weights to the bit. */
  static LearnerState backTo(LearningSettings settings, Snapshot snapshot) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot.learned))) {
      LearnerState state = restoreLearned(settings, in);
      state.memory.seen(snapshot.seen);
      snapshot.remembered.forEach(state.memory::add);
      return state;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the learner wrote this itself", e);
    }
  }

  /** A state at one moment. Its documents are shared with the learner, which never changes one. */
  static final class Snapshot {
    private final byte[] learned;
    private final long seen;
    private final List<TrainingDocument> remembered;

    private Snapshot(byte[] learned, long seen, List<TrainingDocument> remembered) {
      this.learned = learned;
      this.seen = seen;
      this.remembered = List.copyOf(remembered);
    }

    /** The same, but that a document is not remembered. */
    Snapshot without(DocumentKey document) {
      return new Snapshot(
          learned,
          seen,
          remembered.stream().filter(one -> !one.document().key().equals(document)).toList());
    }

    /** Writes what {@link #read} needs: int length, all but memory; memory. */
    void save(DataOutput out) throws IOException {
      out.writeInt(learned.length);
      out.write(learned);
      write(out, seen, remembered);
    }

    static Snapshot read(LearningSettings settings, DataInput in) throws IOException {
      byte[] learned = new byte[in.readInt()];
      in.readFully(learned);
      LearnerState state =
          restoreLearned(settings, new DataInputStream(new ByteArrayInputStream(learned)));
      state.readMemory(in);
      return new Snapshot(learned, state.memory.seen(), state.memory.documents());
    }
  }
}
