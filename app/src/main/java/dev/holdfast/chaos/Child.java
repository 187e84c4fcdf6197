package dev.holdfast.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that is started again whenever it ends, as a supervisor of a real system would do it.
 *
 * <p>Owned by one thread.
 */
final class Child implements AutoCloseable {
  private static final Duration BACK_OFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(45);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final String name;
  private final List<String> command;
  private final Path log;
  private final BooleanSupplier reachable;
  private volatile Process process;
  private volatile Process ready;
  private long startAt;
  private boolean killed;

  /**
   * A process that is not started yet.
   *
   * @param log to which everything it says is added
   * @param reachable looks whether it works; one that says {@code ready} on a line needs none
   */
  Child(String name, List<String> command, Path log, BooleanSupplier reachable) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log;
    this.reachable = reachable;
  }

  String name() {
    return name;
  }

  /** Whether it has ever been started. */
  boolean started() {
    return process != null;
  }

  /** Starts it now. */
  void start() throws IOException {
    Process started = new ProcessBuilder(command).redirectErrorStream(true).start();
    process = started;
    killed = false;
    Thread listener = new Thread(() -> listen(started), name + "-log");
    listener.setDaemon(true);
    listener.start();
  }

  private void listen(Process of) {
    try (BufferedReader lines = of.inputReader(StandardCharsets.UTF_8);
        OutputStream out =
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        if (line.equals("ready")) {
          ready = of;
        }
      }
    } catch (IOException e) {
      // The process was killed in the middle of a line.
    }
  }

  /**
   * Starts it again when it has ended and its time has come.
   *
   * @return how it ended, when nobody had killed it
   */
  Optional<String> keepAlive(long now) throws IOException {
    if (process.isAlive()) {
      return Optional.empty();
    }
    if (startAt == 0) {
      startAt = now + BACK_OFF.toNanos();
      return killed ? Optional.empty() : Optional.of("code " + process.exitValue());
    }
    if (now >= startAt) {
      startAt = 0;
      start();
    }
    return Optional.empty();
  }

  /** Whether it works. */
  boolean ready() {
    return process != null && process.isAlive() && (ready == process || reachable.getAsBoolean());
  }

  /**
   * Ends it as {@code kill -9} does.
   *
   * @param restartAt when it is started again, a time of {@link System#nanoTime}
   */
  void kill(long restartAt) throws InterruptedException {
    killed = true;
    startAt = restartAt;
    process.destroyForcibly().waitFor();
  }

  /** Stops it as it stands, until {@link #resume}. */
  void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Lets it go on. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "kill -%s %d".formatted(signal, process.pid()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Asks its JVM to collect all garbage, and does not wait for it. */
  void collectGarbage() throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** How much memory it has, in bytes; empty where the system does not tell. */
  OptionalLong residentBytes() {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(process.pid()), "status"));
      Matcher resident = RESIDENT.matcher(status);
      return resident.find()
          ? OptionalLong.of(Long.parseLong(resident.group(1)) << 10)
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // it has ended, or this is no Linux
    }
  }

  /** Ends it at once and for good; safe from any thread. */
  void destroy() {
    Process last = process;
    if (last != null) {
      last.destroyForcibly();
    }
  }

  /** Asks it to end, and kills it when it does not. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
