package dev.holdfast.chaos;

import dev.holdfast.broker.BrokerSettings;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers as processes, each with a listener for every party that only a proxy of its own leads to,
 * and one without a proxy for brokers among themselves and for whoever checks the result.
 */
final class Cluster implements AutoCloseable {
  private static final String DIRECT = "DIRECT";

  /** Any: all brokers of a run must have the same. */
  private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Party, List<FaultProxy>> proxies = new EnumMap<>(Party.class);

  /**
   * One broker.
   *
   * @param direct port of the listener without a proxy
   * @param controller port of the listener for controllers
   * @param listeners port of each party's listener
   * @param advertised port of each party's proxy
   */
  private record Node(
      Child child,
      int direct,
      int controller,
      Map<Party, Integer> listeners,
      Map<Party, Integer> advertised) {}

  /**
   * Brokers that are not started yet, with proxies that are.
   *
   * @param folder where they keep everything
   * @param logs where what they say goes
   * @param java how to start a JVM, to which memory, class and arguments are added
   */
  Cluster(int brokers, Path folder, Path logs, JavaCommand java, Ports ports) throws IOException {
    for (Party party : Party.values()) {
      proxies.put(party, new ArrayList<>());
    }
    int[] controllers = IntStream.range(0, brokers).map(i -> ports.free()).toArray();
    String voters =
        IntStream.range(0, brokers)
            .mapToObj(i -> "%d@127.0.0.1:%d".formatted(i + 1, controllers[i]))
            .collect(Collectors.joining(","));
    for (int id = 1; id <= brokers; id++) {
      Map<Party, Integer> listeners = new EnumMap<>(Party.class);
      Map<Party, Integer> advertised = new EnumMap<>(Party.class);
      for (Party party : Party.values()) {
        listeners.put(party, ports.free());
        advertised.put(party, ports.free());
        proxies.get(party).add(new FaultProxy(advertised.get(party), listeners.get(party)));
      }
      int direct = ports.free();
      Path file = folder.resolve("broker-%d.properties".formatted(id));
      Child child =
          new Child(
              "broker-" + id,
              java.of(256, "kafka.Kafka", List.of(file.toString())),
              logs.resolve("broker-%d.log".formatted(id)),
              () -> listens(direct));
      Node node = new Node(child, direct, controllers[id - 1], listeners, advertised);
      nodes.add(node);
      prepare(
          id,
          folder.resolve("broker-" + id),
          file,
          settings(node, voters, java.shortLived()),
          brokers);
    }
  }

  private static Map<String, String> settings(Node node, String voters, boolean shortLived) {
    List<String> listeners = new ArrayList<>();
    List<String> advertised = new ArrayList<>();
    List<String> protocols = new ArrayList<>();
    listeners.add("%s://127.0.0.1:%d".formatted(DIRECT, node.direct()));
    advertised.add("%s://127.0.0.1:%d".formatted(DIRECT, node.direct()));
    protocols.add(DIRECT + ":PLAINTEXT");
    for (Party party : Party.values()) {
      listeners.add("%s://127.0.0.1:%d".formatted(party, node.listeners().get(party)));
      advertised.add("%s://127.0.0.1:%d".formatted(party, node.advertised().get(party)));
      protocols.add(party + ":PLAINTEXT");
    }
    listeners.add("%s://127.0.0.1:%d".formatted(BrokerSettings.CONTROLLER, node.controller()));
    protocols.add(BrokerSettings.CONTROLLER + ":PLAINTEXT");
    Map<String, String> settings = new HashMap<>();
    settings.put("controller.quorum.voters", voters);
    settings.put("listeners", String.join(",", listeners));
    settings.put("advertised.listeners", String.join(",", advertised));
    settings.put("listener.security.protocol.map", String.join(",", protocols));
    settings.put("inter.broker.listener.name", DIRECT);
    settings.put("num.network.threads", "1");
    if (shortLived) {
      // A broker that was killed is let in again once its session has ended.
      settings.put("broker.session.timeout.ms", "2000");
      settings.put("broker.heartbeat.interval.ms", "400");
    }
    return settings;
  }

  private static void prepare(
      int id, Path folder, Path file, Map<String, String> settings, int brokers)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(BrokerSettings.of(id, folder, brokers));
    properties.putAll(settings);
    Files.createDirectories(folder);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    }
    try {
      BrokerSettings.format(folder, id, CLUSTER_ID);
    } catch (Exception e) {
      throw new IOException("broker %d: %s".formatted(id, e.getMessage()), e);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false; // not yet, or no longer
    }
  }

  /** The brokers, for whoever starts and kills them. */
  List<Child> children() {
    return nodes.stream().map(Node::child).toList();
  }

  /** Where a party finds the brokers: behind its proxies. */
  String bootstrap(Party party) {
    return addresses(nodes.stream().map(node -> node.advertised().get(party)).toList());
  }

  /** Where the brokers are found without a proxy. */
  String direct() {
    return addresses(nodes.stream().map(Node::direct).toList());
  }

  private static String addresses(List<Integer> ports) {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
  }

  /** What a party's connections to all brokers go through. */
  List<FaultProxy> proxies(Party party) {
    return proxies.get(party);
  }

  @Override
  public void close() throws IOException {
    for (Node node : nodes) {
      node.child().close();
    }
    for (List<FaultProxy> of : proxies.values()) {
      for (FaultProxy proxy : of) {
        proxy.close();
      }
    }
  }
}
