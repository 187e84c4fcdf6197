package dev.holdfast.app;

import java.nio.file.Path;

/** Where the log goes. */
final class Logs {
  private Logs() {}

  /** From now on to a file instead of stderr; works as long as nothing has been logged. */
  static void toFile(Path file) {
    System.setProperty("holdfast.log", file.toString());
    System.setProperty("logback.configurationFile", "logback-file.xml");
  }
}
