package dev.holdfast.command;

import java.nio.file.Path;

/** What is logged where; to be said before anything has been logged. */
public final class Logs {
  private Logs() {}

  /** Only what goes wrong: for commands that show their own progress. */
  public static void onlyWarnings() {
    System.setProperty("holdfast.log.level", "WARN");
  }

  /** Nothing: for commands that make things go wrong on purpose, thousands of times. */
  public static void none() {
    System.setProperty("holdfast.log.level", "OFF");
  }

  /** To a file instead of stderr: for commands that draw on the terminal. */
  public static void toFile(Path file) {
    System.setProperty("holdfast.log", file.toString());
    System.setProperty("logback.configurationFile", "logback-file.xml");
  }
}
