package dev.holdfast.app;

import dev.holdfast.command.Output;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    description = {
      "Runs this one service against a Kafka broker, with an HTTP endpoint for metrics and health.",
      "Ends in good order on Ctrl-C and SIGTERM."
    },
    mixinStandardHelpOptions = true)
final class ServiceCommand implements Callable<Integer> {
  private final Part part;

  @Mixin private Output output;
  @Mixin private SettingsOptions settings;

  ServiceCommand(Part part) {
    this.part = part;
  }

  @Override
  public Integer call() throws Exception {
    Configuration configuration = settings.read(part.httpPort(), Map.of());
    try (StopSignal stop = StopSignal.install();
        Kafka kafka = Kafka.named(configuration).orElseThrow(Kafka::notNamed)) {
      UpCommand.serve(configuration, EnumSet.of(part), kafka, stop, output);
    }
    return 0;
  }
}
