package dev.holdfast.app;

import dev.holdfast.bench.BenchCommand;
import dev.holdfast.bench.EvaluateCommand;
import dev.holdfast.bench.PretrainCommand;
import dev.holdfast.chaos.ChaosCommand;
import dev.holdfast.process.BadConfiguration;
import dev.holdfast.simulation.SimulateCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The {@code holdfast} command line. Results go to stdout, everything else to stderr. Exits with 0:
 * done, 1: wrong use, with all that is wrong, 2: failed.
 */
@Command(
    name = "holdfast",
    description = "Learns to extract fields from documents while it serves them.",
    mixinStandardHelpOptions = true,
    version = "holdfast 0.1.0-SNAPSHOT",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ReplayCommand.class,
      SubmitCommand.class,
      ModelsCommand.class,
      TopicsCommand.class,
      FuzzCommand.class,
      EvaluateCommand.class,
      PretrainCommand.class,
      BenchCommand.class,
      SimulateCommand.class,
      ChaosCommand.class,
      SampleCommand.class,
    },
    footer = {"", "Exits with 0: done, 1: wrong use, 2: failed."})
public final class Holdfast implements Runnable {
  private static final int WRONG_USE = 1;
  private static final int FAILED = 2;

  @Spec private CommandSpec command;

  public static void main(String[] args) {
    // What is written is read by programs, with the digits and points that they know.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    CommandLine commandLine =
        commandLine().setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err));
    System.exit(commandLine.execute(args));
  }

  /** JSON is UTF-8, whatever the locale says. */
  private static PrintWriter utf8(FileDescriptor to) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
  }

  /** The command line with all its commands. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Holdfast());
    for (Part part : Part.values()) {
      commandLine.addSubcommand(part.label(), new ServiceCommand(part));
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Holdfast::wrongUse)
        .setExecutionExceptionHandler(Holdfast::failed);
  }

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "expected a command, was none");
  }

  private static int wrongUse(ParameterException e, String[] args) {
    CommandLine commandLine = e.getCommandLine();
    PrintWriter err = commandLine.getErr();
    err.println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.printf("See %s --help%n", commandLine.getCommandSpec().qualifiedName());
    err.flush();
    return WRONG_USE;
  }

  private static int failed(Exception e, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    int code = FAILED;
    if (e instanceof BadConfiguration bad) {
      bad.problems().forEach(err::println);
      code = WRONG_USE;
    } else if (e instanceof Failure || e instanceof IOException) {
      err.println(e.getMessage());
      log().debug("failed", e);
    } else {
      err.println("unexpected: " + e);
      log().error("unexpected", e);
    }
    err.flush();
    return code;
  }

  /** Asked for late: commands say where the log goes before the first line is logged. */
  private static Logger log() {
    return LoggerFactory.getLogger(Holdfast.class);
  }
}
