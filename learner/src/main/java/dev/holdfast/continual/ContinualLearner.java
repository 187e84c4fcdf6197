package dev.holdfast.continual;

import dev.holdfast.document.DocumentKey;
import dev.holdfast.document.Example;
import dev.holdfast.document.FieldName;
import dev.holdfast.document.Mark;
import dev.holdfast.network.Network;
import dev.holdfast.network.Parameters;
import dev.holdfast.network.TrainingDocument;
import dev.holdfast.network.Weights;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * The learner of one collection: fed examples in rounds, it learns them, rehearses what it
 * remembers, holds its weights near what mattered, and can be asked for its weights at any time.
 * The same rounds with the same seeds give the same weights to the bit.
 *
 * <p>Not thread-safe: one owner thread.
 */
public final class ContinualLearner {
  /** Nats for each known field below which a document need not be learned again at once. */
  private static final double KNOWN = .02;

  private static final int FORMAT = 2;

  /** The format of a learner that responds to drift. */
  private static final int WITH_DRIFT = 3;

  /** The format of a learner that keeps six planes: it does not say so. */
  private static final int SIX_PLANES = 1;

  private final LearningSettings settings;
  private final Network network;
  private final ElasticStep step;
  private final Pretraining pretraining;
  private final Importance importance;
  private final ReplayMemory memory;
  private final Optional<DriftResponse> drift;
  private long owed;
  private long learned;
  private long measured;

  /** Share of what was learned that is not remembered. */
  private double forgettable;

  /** A learner that knows nothing yet. */
  public ContinualLearner(LearningSettings settings) {
    this(
        settings,
        new Network(
            new Parameters(settings.step().planes()), settings.seed(), settings.supervision()));
  }

  /** A learner before its first round, of a network that nobody has learned with it yet. */
  private ContinualLearner(LearningSettings settings, Network network) {
    this(
        settings,
        network,
        settings.drift().on()
            ? Optional.of(new DriftResponse(settings.drift()))
            : Optional.empty());
    Planes.begin(network.parameters(), settings.step());
  }

  /**
   * A learner that begins with what a version knows, remembers none of the documents behind it, and
   * holds it no more than what it learns itself.
   *
   * @throws IllegalArgumentException when the weights are of another format
   */
  public static ContinualLearner startFrom(LearningSettings settings, Weights weights) {
    return new ContinualLearner(
        settings,
        Network.startFrom(
            new Parameters(settings.step().planes()), settings.supervision(), weights));
  }

  private ContinualLearner(
      LearningSettings settings, Network network, Optional<DriftResponse> drift) {
    this.settings = settings;
    this.network = network;
    step = new ElasticStep(network.parameters(), settings.step());
    pretraining = new Pretraining(network, step, settings);
    importance = new Importance(network.parameters(), settings.importance());
    memory = new ReplayMemory(settings.memoryDocuments());
    this.drift = drift;
  }

  /**
   * One round: learns the examples and the rehearsals that belong to them at once, or, when there
   * are none, one helping of idle rehearsal.
   *
   * @param examples what is taught of each is learned; an example that teaches nothing changes
   *     nothing
   * @param seed decides everything that is random in this round
   */
  public RoundReport learn(List<Example> examples, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Tally tally = new Tally();
    List<TrainingDocument> fresh = new ArrayList<>();
    for (Example example : examples) {
      SortedMap<FieldName, Mark> marks = example.taught();
      if (!marks.isEmpty()) {
        fresh.add(network.prepare(example.document(), marks));
      }
    }
    List<TrainingDocument> unknown = fresh.stream().filter(this::unknown).toList();
    unknown.forEach(network::measure);
    fresh.forEach(document -> meet(document, random));
    forgettable = forgettable();
    boolean drifted = false;
    for (TrainingDocument document : unknown) {
      drifted |= drifted(document);
    }
    if (drifted && measured > 0) {
      consolidate(); // what was learned before this, as it is before this
    }
    free();
    for (int visit = 0; visit < settings.visits(); visit++) {
      for (TrainingDocument document : fresh) {
        if (visit == 0) {
          // Before the wide part has seen it, what is left over is what it cannot yet do: the best
          // lesson for the encoder.
          updateEncoder(document, random);
        }
        update(document, random, tally);
        if (visit == 0) {
          rehearse(settings.rehearsals(), random, tally);
        }
      }
    }
    revisit(fresh, random, tally);
    if (examples.isEmpty()) {
      int helping = (int) Math.min(settings.helping(), owed);
      owed -= helping;
      rehearse(helping, random, tally);
      rehearseEncoder(helping, random);
    }
    for (TrainingDocument document : fresh) {
      measured++;
      importance.measure(network.likelihood(document), random);
      network.applicabilityGradient(document, importance.squares(1));
    }
    boolean due = measured >= settings.consolidateEvery();
    if (due) {
      consolidate();
    }
    return new RoundReport(
        examples.size(),
        tally.updates,
        tally.fields == 0 ? 0 : tally.loss / tally.fields,
        memory.size(),
        network.parameters().used(),
        due || drifted);
  }

  /** Whether losses have risen with this document, which is not learned yet. */
  private boolean drifted(TrainingDocument document) {
    return drift.isPresent()
        && drift.get().fresh(loss(document) / Math.max(1, document.marks().size()));
  }

  private double loss(TrainingDocument document) {
    return network.gradient(
        document, Network.Noise.NONE, (part, offset, gradient, from, length, documents) -> {});
  }

  /** Sets how far weights may move now. */
  private void free() {
    step.hold(forgettable * drift.map(DriftResponse::lambda).orElse(1.0));
    step.hurry(drift.map(DriftResponse::rate).orElse(1.0));
  }

  /** Learns the language of documents whatever is known of their fields. */
  public Pretraining pretraining() {
    return pretraining;
  }

  /**
   * Adds the importance measured since the last time to what is held, and anchors the weights where
   * they are now. Does nothing when nothing was measured.
   */
  public void consolidate() {
    if (measured > 0) {
      importance.consolidate(measured);
      measured = 0;
    }
  }

  /**
   * Remembers a document no more; what the weights have learned from it stays in them.
   *
   * @return how many are remembered afterwards
   */
  public int forget(DocumentKey document) {
    memory.remove(document);
    return memory.size();
  }

  /** How strongly weights are held now. */
  public Held held() {
    return Held.of(network.parameters(), step.lambda());
  }

  /** Whether idle time would still be well spent on rehearsal. */
  public boolean wantsRehearsal() {
    return owed > 0 && memory.size() > 0;
  }

  /** Owes so many rehearsals more in idle time. */
  void rehearseMore(int count) {
    owed += count;
  }

  /** How many learned documents spoke of a field. */
  int documentsWith(FieldName field) {
    return network.documentsWith(field);
  }

  /** What a round of no examples to learn and no rehearsal does. */
  RoundReport nothing() {
    return new RoundReport(0, 0, 0, memory.size(), network.parameters().used(), false);
  }

  private boolean unknown(TrainingDocument document) {
    return !memory.contains(document.document().key());
  }

  private void meet(TrainingDocument document, SplittableRandom random) {
    Optional<TrainingDocument> before = memory.find(document.document().key());
    if (before.isPresent()) {
      network.countNew(document, before.get());
    } else {
      network.count(document);
      learned++;
    }
    memory.offer(document, random);
    int young = settings.youthRehearsals() / network.rarest(document);
    int rehearsals =
        Math.max(settings.idleRehearsals(), young - settings.rehearsals() - settings.visits());
    owed += Math.round((1 - forgettable()) * rehearsals);
  }

  private double forgettable() {
    return learned == 0 ? 0 : 1 - (double) memory.size() / learned;
  }

  /**
   * Learns the round's own documents again and again, in changing order, in place of the later
   * rehearsals that those will not get that memory cannot hold; each until it is known.
   */
  private void revisit(List<TrainingDocument> fresh, SplittableRandom random, Tally tally) {
    List<TrainingDocument> left = new ArrayList<>(fresh);
    for (int pass = 1; !left.isEmpty(); pass++) {
      int now = pass;
      left.removeIf(document -> now > revisits(document));
      Collections.shuffle(left, new Random(random.nextLong()));
      for (TrainingDocument document : List.copyOf(left)) {
        if (update(document, random, tally) < KNOWN * document.marks().size()) {
          left.remove(document);
        }
      }
    }
  }

  private long revisits(TrainingDocument document) {
    int young = settings.youthRehearsals() / network.rarest(document);
    return Math.round(forgettable * Math.max(settings.revisits(), young));
  }

  private void rehearse(int count, SplittableRandom random, Tally tally) {
    for (int i = 0; i < count && memory.size() > 0; i++) {
      update(memory.draw(random), random, tally);
    }
  }

  private double update(TrainingDocument document, SplittableRandom random, Tally tally) {
    Network.Noise noise =
        new Network.Noise(random.nextLong(), (float) settings.dropout(), (float) settings.graft());
    double loss = network.gradient(document, noise, step);
    network.applicabilityGradient(document, step);
    if (drift.isPresent()) {
      drift.get().updated();
      free();
    }
    check(document, loss);
    tally.loss += loss;
    tally.fields += document.marks().size();
    tally.updates++;
    return loss;
  }

  private void rehearseEncoder(int count, SplittableRandom random) {
    for (int i = 0; i < count && memory.size() > 0; i++) {
      if (random.nextDouble() < settings.encoderShare()) {
        updateEncoder(memory.draw(random), random);
      }
      if (random.nextDouble() < settings.maskedShare()) {
        pretraining.learn(
            memory.draw(random).unlabelled(), memory.draw(random).unlabelled(), random);
      }
    }
  }

  private void updateEncoder(TrainingDocument document, SplittableRandom random) {
    if (settings.encoderShare() > 0) {
      Network.Noise noise =
          new Network.Noise(
              random.nextLong(), (float) settings.encoderDropout(), Float.POSITIVE_INFINITY);
      check(document, network.deepGradient(document, noise, step));
    }
  }

  private static void check(TrainingDocument document, double loss) {
    if (!Double.isFinite(loss)) {
      throw new IllegalStateException(
          "document %s: expected a finite loss, was %s".formatted(document.document().id(), loss));
    }
  }

  /** The weights as they are now, to publish. */
  public Weights weights() {
    return network.weights();
  }

  /** How many different documents were learned. */
  public long learned() {
    return learned;
  }

  /**
   * Writes everything that {@link #restore} needs.
   *
   * <pre>
   *   int format = 3, int planes, what drift knows; or int format = 2, int planes when it is off;
   *     or int format = 1 when planes are six as well
   *   long owed, learned, measured since the last consolidation
   *   the network
   *   long seen, int remembered, each: int length, JSON of the example
   * </pre>
   */
  public void save(DataOutput out) throws IOException {
    saveLearned(out);
    write(out, memory.seen(), memory.documents());
  }

  private void saveLearned(DataOutput out) throws IOException {
    int planes = network.parameters().planes();
    boolean six = planes == Planes.START && drift.isEmpty();
    out.writeInt(drift.isPresent() ? WITH_DRIFT : six ? SIX_PLANES : FORMAT);
    if (!six) {
      out.writeInt(planes);
    }
    if (drift.isPresent()) {
      drift.get().save(out);
    }
    out.writeLong(owed);
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
   * A learner that goes on exactly as the saved one would have: same rounds, same weights to the
   * bit.
   *
   * @throws IOException when the state cannot be read or is of another format
   */
  public static ContinualLearner restore(LearningSettings settings, DataInput in)
      throws IOException {
    ContinualLearner learner = restoreLearned(settings, in);
    learner.readMemory(in);
    return learner;
  }

  private static ContinualLearner restoreLearned(LearningSettings settings, DataInput in)
      throws IOException {
    int format = in.readInt();
    if (format < SIX_PLANES || format > WITH_DRIFT) {
      throw new IOException(
          "expected learner state of format %d to %d, was %d"
              .formatted(SIX_PLANES, WITH_DRIFT, format));
    }
    Parameters parameters = new Parameters(format == SIX_PLANES ? Planes.START : in.readInt());
    // Read also when it is off by now: the rest lies behind it.
    DriftSettings watched = settings.drift().on() ? settings.drift() : DriftSettings.ANY;
    DriftResponse saved = new DriftResponse(watched);
    if (format == WITH_DRIFT) {
      saved.restore(in);
    }
    long owed = in.readLong();
    long learned = in.readLong();
    long measured = in.readLong();
    Network network = Network.restore(parameters, settings.supervision(), in);
    Planes.extend(parameters, settings.step());
    ContinualLearner learner =
        new ContinualLearner(
            settings, network, settings.drift().on() ? Optional.of(saved) : Optional.empty());
    learner.owed = owed;
    learner.learned = learned;
    learner.measured = measured;
    return learner;
  }

  private void readMemory(DataInput in) throws IOException {
    memory.seen(in.readLong());
    int remembered = in.readInt();
    for (int i = 0; i < remembered; i++) {
      Example example = HeldBack.read(in);
      memory.add(network.prepare(example.document(), example.taught()));
    }
  }

  /** How the learner is now, to go back to it. */
  Snapshot snapshot() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 20);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      saveLearned(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: memory does not fail to be written", e);
    }
    return new Snapshot(bytes.toByteArray(), memory.seen(), memory.documents());
  }

  /** A learner as it was: same rounds, same weights to the bit. */
  static ContinualLearner backTo(LearningSettings settings, Snapshot snapshot) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(snapshot.learned))) {
      ContinualLearner learner = restoreLearned(settings, in);
      learner.memory.seen(snapshot.seen);
      snapshot.remembered.forEach(learner.memory::add);
      return learner;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen: the learner wrote this itself", e);
    }
  }

  /**
   * A learner at one moment. Its documents are shared with the learner, which never changes one.
   */
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

    /** Writes what {@link #read} needs: int length, a learner's state. */
    void save(DataOutput out) throws IOException {
      out.writeInt(learned.length);
      out.write(learned);
      write(out, seen, remembered);
    }

    static Snapshot read(LearningSettings settings, DataInput in) throws IOException {
      byte[] learned = new byte[in.readInt()];
      in.readFully(learned);
      ContinualLearner learner =
          restoreLearned(settings, new DataInputStream(new ByteArrayInputStream(learned)));
      learner.readMemory(in);
      return new Snapshot(learned, learner.memory.seen(), learner.memory.documents());
    }
  }

  private static final class Tally {
    private int updates;
    private long fields;
    private double loss;
  }
}
