package dev.holdfast.command;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command writes: results to stdout, all else to stderr. Each line shows at once. */
@Command
public final class Output {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** A line of the result. */
  public void result(String line) {
    println(command.commandLine().getOut(), line);
  }

  /** A line for the person who waits. */
  public void progress(String line) {
    println(command.commandLine().getErr(), line);
  }

  /** Text for the person who waits, as it is. */
  public void frame(String text) {
    PrintWriter err = command.commandLine().getErr();
    err.print(text);
    err.flush();
  }

  private static void println(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }
}
