package dev.holdfast.app;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code holdfast} command line. Exits with 0: done, 1: wrong use, 2: failed. */
@Command(
    name = "holdfast",
    description = "Learns to extract fields from documents while it serves them.",
    mixinStandardHelpOptions = true,
    version = "holdfast 0.1.0-SNAPSHOT",
    exitCodeOnInvalidInput = 1,
    exitCodeOnExecutionException = 2)
public final class Holdfast implements Runnable {
  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new Holdfast()).execute(args));
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.err);
  }
}
