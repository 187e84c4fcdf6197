package dev.holdfast.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file system of its own that can be made full and given room again. Linux, as root. */
final class SmallDisk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SmallDisk.class);
  private static final String ROOM = "3g";
  private static final long REST_BYTES = 1 << 20;

  private final Path folder;

  private boolean closed;

  private SmallDisk(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(new Thread(this::unmount));
  }

  /** Mounts one; empty with a reason said to {@code why} where that cannot be done. */
  static Optional<SmallDisk> mount(Path folder, Consumer<String> why)
      throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      why.accept("no full disks: that needs Linux");
      return Optional.empty();
    }
    Files.createDirectories(folder);
    Optional<String> problem =
        run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", folder.toString());
    problem.ifPresent(p -> why.accept("no full disks: mount says " + p));
    return problem.isPresent() ? Optional.empty() : Optional.of(new SmallDisk(folder));
  }

  /** Leaves room for a few records only. */
  void fill() throws IOException, InterruptedException {
    FileStore store = Files.getFileStore(folder);
    long used = store.getTotalSpace() - store.getUnallocatedSpace();
    resize(Long.toString(used + REST_BYTES));
  }

  /** Gives room again. */
  void empty() throws IOException, InterruptedException {
    resize(ROOM);
  }

  private void resize(String size) throws IOException, InterruptedException {
    Optional<String> problem = run("mount", "-o", "remount,size=" + size, folder.toString());
    if (problem.isPresent()) {
      throw new IOException(
          "expected %s to get size %s: %s".formatted(folder, size, problem.get()));
    }
  }

  /** What the command complains of; empty when it worked. */
  private static Optional<String> run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
  }

  /** Gives it up with all that is on it. */
  @Override
  public void close() {
    unmount();
  }

  private synchronized void unmount() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      Optional<String> problem = run("umount", "-l", folder.toString());
      problem.ifPresent(p -> LOG.warn("{} stays mounted: {}", folder, p));
    } catch (IOException e) {
      LOG.warn("{} stays mounted: {}", folder, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
