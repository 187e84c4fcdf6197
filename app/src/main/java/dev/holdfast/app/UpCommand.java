package dev.holdfast.app;

import dev.holdfast.command.Output;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "up",
    description = {
      "Runs ingest, learner, serving and monitoring in this process.",
      "Without --bootstrap-servers it runs a Kafka broker too and keeps everything in one folder.",
      "Ends in good order on Ctrl-C and SIGTERM."
    },
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  static final int HTTP_PORT = 8080;

  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where everything is kept; ~/.local/share/holdfast/up unless given.")
  private Path data;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Of the embedded broker, on the loopback interface; 0 for any free one.",
      defaultValue = "9092",
      showDefaultValue = picocli.CommandLine.Help.Visibility.ALWAYS)
  private int kafkaPort;

  @Override
  public Integer call() throws Exception {
    DataFolder folder = data == null ? DataFolder.ofUser("up") : new DataFolder(data);
    Configuration configuration = settings.read(HTTP_PORT, folder.settings());
    Optional<Kafka> named = Kafka.named(configuration);
    if (named.isEmpty()) {
      output.progress("keeps everything in " + folder.path());
    }
    try (StopSignal stop = StopSignal.install();
        Kafka kafka =
            named.isPresent()
                ? named.get()
                : Kafka.embedded(configuration, folder.kafka(), kafkaPort)) {
      serve(configuration, EnumSet.allOf(Part.class), kafka, stop, output);
    }
    return 0;
  }

  /** Runs services until the stop signal is given. */
  static void serve(
      Configuration configuration, EnumSet<Part> parts, Kafka kafka, StopSignal stop, Output output)
      throws Exception {
    Map<String, String> clients = kafka.clients();
    output.progress("Kafka at " + kafka.bootstrap());
    Topics.create(clients, Topics.all());
    try (Node node = Node.start(configuration, parts, clients, InstantSource.system())) {
      output.progress("HTTP at " + node.address() + ", metrics at " + node.address() + "/metrics");
      node.awaitReady(stop, output::progress);
      output.progress("ready");
      node.run(stop);
      output.progress("stopping");
    }
    output.progress("stopped");
  }
}
