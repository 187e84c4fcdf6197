package dev.holdfast.command;

import dev.holdfast.wire.JsonOutput;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option by which a command is told how to print its report. */
public final class ReportFormat {
  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  /** The report as one line of JSON or as text for people, whichever was asked for. */
  public <T> String of(T report, JsonOutput.Writer<T> writer, Function<T, String> text) {
    return json ? Json.line(writer, report) : text.apply(report);
  }
}
