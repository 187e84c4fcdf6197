package dev.holdfast.app;

import dev.holdfast.command.Output;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;

/** Kafka and every service in this process, for a command that brings its own documents. */
final class LocalPipeline implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Kafka kafka;
  private final Node node;

  private LocalPipeline(Kafka kafka, Node node) {
    this.kafka = kafka;
    this.node = node;
  }

  /**
   * Starts everything and waits until it works, or until the stop signal is given.
   *
   * @param folder where everything is kept
   */
  static LocalPipeline start(
      Configuration configuration, DataFolder folder, StopSignal stop, Output output)
      throws IOException, InterruptedException {
    output.progress("starting Kafka and all services in this process");
    Kafka kafka = Kafka.embedded(configuration, folder.kafka(), 0);
    try {
      Topics.create(kafka.clients(), Topics.all());
      Node node =
          Node.start(
              configuration, EnumSet.allOf(Part.class), kafka.clients(), InstantSource.system());
      try {
        node.awaitReady(stop, PATIENCE, output::progress);
        return new LocalPipeline(kafka, node);
      } catch (InterruptedException | RuntimeException e) {
        node.close();
        throw e;
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      kafka.close();
      throw e;
    }
  }

  Kafka kafka() {
    return kafka;
  }

  Node node() {
    return node;
  }

  @Override
  public void close() {
    node.close();
    kafka.close();
  }
}
