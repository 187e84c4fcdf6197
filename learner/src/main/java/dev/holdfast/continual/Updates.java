package dev.holdfast.continual;

import dev.holdfast.network.Network;
import dev.holdfast.network.TrainingDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * The updates of one round, each by one document, and what they come to: how often weights were
 * updated, at which loss, and how freely they may move meanwhile.
 *
 * <p>Not thread-safe: belongs to its round.
 */
final class Updates {
  /** Nats for each known field below which a document need not be learned again at once. */
  private static final double KNOWN = .02;

  private final LearningSettings settings;
  private final Network network;
  private final ReplayMemory memory;
  private final ElasticStep step;
  private final Optional<DriftResponse> drift;
  private final LearnerState state;
  private final SplittableRandom random;
  private int count;
  private long fields;
  private double loss;

  /**
   * @param state of the learner, its documents of this round met
   * @param step that every gradient is taken by
   * @param random of the round
   */
  Updates(
      LearningSettings settings, LearnerState state, ElasticStep step, SplittableRandom random) {
    this.settings = settings;
    this.step = step;
    this.random = random;
    network = state.network;
    memory = state.memory;
    drift = state.drift;
    this.state = state;
    free(state, step);
  }

  /** Sets how far a step may move weights, as the learner is now. */
  static void free(LearnerState state, ElasticStep step) {
    step.hold(state.forgettable() * state.drift.map(DriftResponse::lambda).orElse(1.0));
    step.hurry(state.drift.map(DriftResponse::rate).orElse(1.0));
  }

  /**
   * Learns a document once, by all but the encoder.
   *
   * @return its loss before, in nats over its known fields
   */
  double learn(TrainingDocument document) {
    Network.Noise noise =
        new Network.Noise(random.nextLong(), (float) settings.dropout(), (float) settings.graft());
    double before = network.gradient(document, noise, step);
    network.applicabilityGradient(document, noise, step);
    if (drift.isPresent()) {
      drift.get().updated();
      free(state, step);
    }
    check(document, before);
    loss += before;
    fields += document.marks().size();
    count++;
    return before;
  }

  /** Learns so many documents that are remembered. */
  void rehearse(int documents) {
    for (int i = 0; i < documents && memory.size() > 0; i++) {
      learn(memory.draw(random));
    }
  }

  /**
   * Learns the round's own documents again and again, in changing order, in place of the later
   * rehearsals that those will not get that memory cannot hold; each until it is known.
   */
  void revisit(List<TrainingDocument> fresh) {
    List<TrainingDocument> left = new ArrayList<>(fresh);
    for (int pass = 1; !left.isEmpty(); pass++) {
      int now = pass;
      left.removeIf(document -> now > revisits(document));
      Collections.shuffle(left, new Random(random.nextLong()));
      for (TrainingDocument document : List.copyOf(left)) {
        if (learn(document) < KNOWN * document.marks().size()) {
          left.remove(document);
        }
      }
    }
  }

  private long revisits(TrainingDocument document) {
    int young = settings.youthRehearsals() / network.rarest(document);
    return Math.round(state.forgettable() * Math.max(settings.revisits(), young));
  }

  /** Lets the encoder learn from a document what the wide part leaves over, unless it is off. */
  void learnDeep(TrainingDocument document) {
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

  /** How many there were, those of the encoder not counted. */
  int count() {
    return count;
  }

  /** Nats for each known field of a document, on average; 0 when there were none. */
  double meanLoss() {
    return fields == 0 ? 0 : loss / fields;
  }
}
