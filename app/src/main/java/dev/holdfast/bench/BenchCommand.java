package dev.holdfast.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The benchmarks. */
@Command(
    name = "bench",
    description =
        "Measures Holdfast, each part by a protocol of its own; only throughput needs a Kafka, which it brings.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ContinualCommand.class,
      DriftCommand.class,
      ExtractionCommand.class,
      GrowthCommand.class,
      LengthCommand.class,
      LineageCommand.class,
      LongCommand.class,
      MnistCommand.class,
      PoisonCommand.class,
      StepCommand.class,
      ThroughputCommand.class,
      TransferCommand.class,
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a benchmark, was none");
  }
}
