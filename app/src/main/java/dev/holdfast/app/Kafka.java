package dev.holdfast.app;

import dev.holdfast.broker.EmbeddedKafka;
import dev.holdfast.process.BadConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Kafka that a command works with: the one the settings name, or one of its own in a folder.
 */
final class Kafka implements AutoCloseable {
  private static final String BOOTSTRAP = "bootstrap.servers";

  private final Optional<EmbeddedKafka> own;
  private final Map<String, String> clients;

  private Kafka(Optional<EmbeddedKafka> own, Map<String, String> clients) {
    this.own = own;
    this.clients = Map.copyOf(clients);
  }

  /** The one the settings name, which must be there; empty when they name none. */
  static Optional<Kafka> named(Configuration configuration) {
    return configuration.kafka().containsKey(BOOTSTRAP)
        ? Optional.of(new Kafka(Optional.empty(), configuration.kafka()))
        : Optional.empty();
  }

  /** The complaint of a command that cannot do without a named one. */
  static BadConfiguration notNamed() {
    return new BadConfiguration(
        List.of(
            "kafka.bootstrap.servers: expected host:port of a Kafka broker, was not given (--bootstrap-servers)"));
  }

  /**
   * Starts one in the folder.
   *
   * @param port on the loopback interface; 0 for any free one
   */
  static Kafka embedded(Configuration configuration, Path folder, int port) throws IOException {
    EmbeddedKafka own = port == 0 ? EmbeddedKafka.start(folder) : EmbeddedKafka.start(folder, port);
    Map<String, String> clients = new HashMap<>(configuration.kafka());
    clients.put(BOOTSTRAP, own.bootstrap());
    return new Kafka(Optional.of(own), clients);
  }

  /** Properties for every client. */
  Map<String, String> clients() {
    return clients;
  }

  /** Its address. */
  String bootstrap() {
    return clients.get(BOOTSTRAP);
  }

  @Override
  public void close() {
    own.ifPresent(EmbeddedKafka::close);
  }
}
