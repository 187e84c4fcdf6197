package dev.holdfast.simulation;

import dev.holdfast.simulation.SimulatedProducer.OffsetsCome;
import dev.holdfast.topic.DocumentTopics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;

/**
 * The serving nodes and what their group's coordinator knows: which partition is whose, and which
 * node has heard of it. A node that is not there begins at its next turn.
 */
final class SimulatedNodes {
  /** How many there are. */
  static final int COUNT = 2;

  private final SimulatedKafka kafka;
  private final SplittableRandom random;
  private final InstantSource clock;
  private final Interruption interruption;
  private final OffsetsCome offsets;
  private final Map<TopicPartition, Integer> owners = new HashMap<>();
  private final int[] joined = new int[COUNT];
  private final List<Optional<SimulatedServing>> nodes =
      new ArrayList<>(Collections.nCopies(COUNT, Optional.empty()));
  private int generation = 1;

  /**
   * @param random of the schedule
   * @param interruption may end any step of a node
   * @param sabotage what is done wrong
   */
  SimulatedNodes(
      SimulatedKafka kafka,
      SplittableRandom random,
      InstantSource clock,
      Interruption interruption,
      Set<Sabotage> sabotage) {
    this.kafka = kafka;
    this.random = random;
    this.clock = clock;
    this.interruption = interruption;
    offsets = offsets(sabotage);
    kafka.of(DocumentTopics.DOCUMENTS.name()).forEach(p -> owners.put(p, random.nextInt(COUNT)));
  }

  /**
   * A partition changes hands. Members hear of it at their next poll; what they have in hand is of
   * the generation before.
   */
  void move() {
    List<TopicPartition> all = kafka.of(DocumentTopics.DOCUMENTS.name());
    owners.put(all.get(random.nextInt(all.size())), random.nextInt(COUNT));
    generation++;
  }

  /**
   * One node takes its turn.
   *
   * @param disturbed does it, and tells whether the node lives on
   */
  void turn(int number, Predicate<Runnable> disturbed) {
    if (!disturbed.test(() -> turn(number))) {
      nodes.set(number, Optional.empty());
    }
  }

  private void turn(int number) {
    if (nodes.get(number).isEmpty()) {
      nodes.set(number, Optional.of(node(number)));
      joined[number] = 0;
    }
    SimulatedServing node = nodes.get(number).orElseThrow();
    if (joined[number] != generation) {
      joined[number] = generation;
      node.join(owned(number));
    }
    if (random.nextInt(3) == 0) {
      node.follow();
    }
    node.serve();
  }

  /** One node ends as it does when it is told to. */
  void end(int number, Consumer<Runnable> disturbed) {
    nodes.get(number).ifPresent(node -> disturbed.accept(node::close));
    nodes.set(number, Optional.empty());
  }

  private static OffsetsCome offsets(Set<Sabotage> sabotage) {
    if (sabotage.contains(Sabotage.SERVING_REPEATS)) {
      return OffsetsCome.AFTER;
    }
    return sabotage.contains(Sabotage.SERVING_LOSES) ? OffsetsCome.BEFORE : OffsetsCome.WITH;
  }

  private SimulatedServing node(int number) {
    return new SimulatedServing(
        kafka, number, clock, interruption, () -> joined[number] == generation, offsets);
  }

  private Set<TopicPartition> owned(int number) {
    Set<TopicPartition> owned = new HashSet<>();
    owners.forEach(
        (partition, owner) -> {
          if (owner == number) {
            owned.add(partition);
          }
        });
    return owned;
  }
}
