package dev.holdfast.broker;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.metadata.storage.Formatter;

/** What every node of a small cluster has in common: broker and controller in one (KRaft). */
public final class BrokerSettings {
  /** The listener that controllers talk by. */
  public static final String CONTROLLER = "CONTROLLER";

  private BrokerSettings() {}

  /**
   * Settings of one node without its listeners and voters. Everything is replicated to all nodes,
   * and written once all but one of them have it.
   *
   * @param node number of the node, from 1
   * @param folder where it keeps everything
   * @param nodes of the cluster, at least 1
   */
  public static Map<String, String> of(int node, Path folder, int nodes) {
    String replicas = Integer.toString(nodes);
    String inSync = Integer.toString(Math.max(1, nodes - 1));
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(node));
    settings.put("controller.listener.names", CONTROLLER);
    settings.put("log.dirs", folder.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("default.replication.factor", replicas);
    settings.put("min.insync.replicas", inSync);
    settings.put("offsets.topic.replication.factor", replicas);
    settings.put("transaction.state.log.replication.factor", replicas);
    settings.put("transaction.state.log.min.isr", inSync);
    settings.put("share.coordinator.state.topic.replication.factor", replicas);
    settings.put("share.coordinator.state.topic.min.isr", inSync);
    // The default of 50 each makes a small broker slow to start and to stop.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // A folder taken up again after months still knows how far each service was.
    settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    // Allocated at start; 128 MiB by default.
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(16 << 20));
    return settings;
  }

  /**
   * Makes the folder one that a node can start on; a folder that is one already stays as it is.
   *
   * @throws Exception when the folder cannot be used
   */
  public static void format(Path folder, int node, String clusterId) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(node)
        .setClusterId(clusterId)
        .setDirectories(List.of(folder.toString()))
        .setMetadataLogDirectory(folder.toString())
        .setControllerListenerName(CONTROLLER)
        .setIgnoreFormatted(true)
        .run();
  }
}
