package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A program that need not be on every machine. A check that needs one is skipped without it. */
final class Tool {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private Tool() {}

  /**
   * Runs it in the folder of the project.
   *
   * @return what it prints
   * @throws AssertionError when it does not end with 0 within a minute
   * @throws TestAbortedException when it is not there, having said so
   */
  static String run(String... command) throws Exception {
    return run(ProcessBuilder.Redirect.PIPE, command);
  }

  /** The same, reading a file. */
  static String run(Path input, String... command) throws Exception {
    return run(ProcessBuilder.Redirect.from(input.toFile()), command);
  }

  private static String run(ProcessBuilder.Redirect input, String... command) throws Exception {
    Path output = Files.createTempFile("holdfast-tool", ".out");
    try {
      Process process = start(input, output, command);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      int exit = process.waitFor();
      String printed = Files.readString(output);
      assertThat(exit).as("%s%n%s", String.join(" ", command), printed).isZero();
      return printed;
    } finally {
      Files.delete(output);
    }
  }

  private static Process start(ProcessBuilder.Redirect input, Path output, String... command) {
    try {
      return new ProcessBuilder(command)
          .directory(ROOT.toFile())
          .redirectInput(input)
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      String why = "skipped, no %s here to check with: %s".formatted(command[0], e.getMessage());
      System.err.println(why);
      throw new TestAbortedException(why, e);
    }
  }
}
