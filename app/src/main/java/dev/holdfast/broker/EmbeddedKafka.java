package dev.holdfast.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and controller in this JVM (KRaft), listening on the loopback interface only.
 *
 * <p>Everything is kept in one folder: a broker started on the folder of an earlier one is the same
 * cluster with the same topics and offsets, on another port if need be. An acknowledged record
 * survives the death of the process, not a power failure (Kafka writes through the page cache).
 */
public final class EmbeddedKafka implements AutoCloseable {
  private static final int NODE = 1;

  private final KafkaRaftServer server;
  private final int port;

  private EmbeddedKafka(KafkaRaftServer server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts on any free port; see {@link #start(Path, int)}.
   *
   * @throws IOException when it cannot be started
   */
  public static EmbeddedKafka start(Path folder) throws IOException {
    return start(folder, freePort());
  }

  /**
   * Starts and returns once records can be written. The first time takes seconds: the folder is
   * formatted.
   *
   * @param folder where everything is kept; made when it is not there; one broker at a time
   * @param port on the loopback interface
   * @throws IOException when the folder cannot be used or the port is taken
   */
  public static EmbeddedKafka start(Path folder, int port) throws IOException {
    checkFree(port);
    Files.createDirectories(folder);
    try {
      BrokerSettings.format(folder, NODE, clusterId(folder));
      KafkaRaftServer server =
          new KafkaRaftServer(
              new KafkaConfig(configuration(folder, port, freePort()), false), Time.SYSTEM);
      server.startup();
      return new EmbeddedKafka(server, port);
    } catch (Exception e) {
      throw new IOException(
          "no embedded Kafka in %s on port %d: %s".formatted(folder, port, e.getMessage()), e);
    }
  }

  /** The address for clients, {@code host:port}. */
  public String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /** Stops in good order; records written so far are found again by the next start. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static String clusterId(Path folder) throws IOException {
    Path file = folder.resolve("meta.properties");
    if (!Files.exists(file)) {
      return Uuid.randomUuid().toString();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    }
    return properties.getProperty("cluster.id");
  }

  private static Map<String, String> configuration(Path folder, int port, int controllerPort) {
    Map<String, String> settings = BrokerSettings.of(NODE, folder, 1);
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners",
        "PLAINTEXT://127.0.0.1:%d,%s://127.0.0.1:%d"
            .formatted(port, BrokerSettings.CONTROLLER, controllerPort));
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    return settings;
  }

  private static void checkFree(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new IOException(
          "expected port %d of the loopback interface to be free, was: %s"
              .formatted(port, e.getMessage()),
          e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
