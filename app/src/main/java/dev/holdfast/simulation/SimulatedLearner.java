package dev.holdfast.simulation;

import dev.holdfast.document.CollectionName;
import dev.holdfast.document.Example;
import dev.holdfast.learner.LearnerClients;
import dev.holdfast.learner.LearnerLoop;
import dev.holdfast.learner.LearnerMeters;
import dev.holdfast.learner.LearnerSettings;
import dev.holdfast.simulation.SimulatedProducer.OffsetsCome;
import dev.holdfast.topic.DocumentTopics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Serdes;

/** One life of a learner. */
final class SimulatedLearner implements LearnerClients, AutoCloseable {
  static final String GROUP = "learner";

  private final SimulatedKafka kafka;
  private final Interruption interruption;
  private final OffsetsCome offsets;
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final LearnerLoop loop;
  private SimulatedConsumer<CollectionName, Example> consumer;

  /**
   * Starts it; a life before it is fenced.
   *
   * @param sabotage what is done wrong
   */
  SimulatedLearner(
      SimulatedKafka kafka,
      LearnerSettings settings,
      InstantSource clock,
      Interruption interruption,
      Set<Sabotage> sabotage) {
    this.kafka = kafka;
    this.interruption = interruption;
    offsets = sabotage.contains(Sabotage.LEARNER_LOSES) ? OffsetsCome.BEFORE : OffsetsCome.WITH;
    loop = new LearnerLoop(this, settings, ToyLearning.SOURCE, registry, clock);
    loop.start();
    join();
  }

  /** Gives it all partitions, as a rebalance does. */
  void join() {
    consumer.join(Set.copyOf(kafka.of(DocumentTopics.EXAMPLES.name())));
  }

  @Override
  public Consumer<CollectionName, Example> examples() {
    consumer =
        new SimulatedConsumer<>(
            kafka, GROUP, DocumentTopics.EXAMPLES, Integer.MAX_VALUE, interruption);
    return consumer;
  }

  @Override
  public Consumer<byte[], byte[]> log() {
    return SimulatedConsumer.ofAnyTopic(kafka, interruption);
  }

  @Override
  public Consumer<byte[], byte[]> ends() {
    return SimulatedConsumer.ofAnyTopic(kafka, interruption);
  }

  @Override
  public Producer<byte[], byte[]> rounds() {
    return new SimulatedProducer<>(
        kafka,
        new SimulatedProducer.Identity("learner", GROUP, () -> true, offsets),
        Serdes.ByteArray(),
        Serdes.ByteArray(),
        interruption);
  }

  void turn() {
    loop.turn(Duration.ZERO);
  }

  /** How often a restore came to other weights than the journal says. */
  double mismatches() {
    return registry.get(LearnerMeters.MISMATCHES.declared().name()).counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  /** Ends it in good order. */
  @Override
  public void close() {
    loop.finish();
    loop.close();
  }
}
