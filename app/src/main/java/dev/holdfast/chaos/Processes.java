package dev.holdfast.chaos;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * All processes of a run: brokers, and each service by its own command.
 *
 * <p>Owned by one thread.
 */
final class Processes implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(5);
  private static final long LOOK_MILLIS = 50;

  private final Cluster cluster;
  private final Path ingestState;
  private final Consumer<String> say;
  private final List<Child> services = new ArrayList<>();
  private final List<Child> all = new ArrayList<>();
  private int ended;

  /**
   * Processes that are not started yet.
   *
   * @param main class of the command line
   * @param folders where they keep everything, and where what they say goes
   * @param settings of the services that have them
   */
  Processes(
      Cluster cluster,
      JavaCommand java,
      String main,
      Folders folders,
      Map<String, String> settings,
      Consumer<String> say) {
    this.cluster = cluster;
    this.say = say;
    ingestState = folders.data().resolve("ingest");
    all.addAll(cluster.children());
    for (Party party : Party.SERVICES) {
      List<String> arguments = new ArrayList<>();
      arguments.add(party.label());
      arguments.addAll(List.of("--bootstrap-servers", cluster.bootstrap(party)));
      arguments.addAll(List.of("-S", "http.port=0"));
      arguments.addAll(List.of("-S", "ingest.state-directory=" + ingestState));
      settings.forEach((key, value) -> arguments.addAll(List.of("-S", key + "=" + value)));
      services.add(
          new Child(
              party.label(),
              java.of(party.heapMegabytes(), main, arguments),
              folders.logs().resolve(party.label() + ".log"),
              () -> false));
    }
    all.addAll(services);
    // Whatever ends this process, the others must not stay.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> all.forEach(Child::destroy)));
  }

  /** Where everything of a run is kept. */
  record Folders(Path data, Path logs) {}

  /** Starts all and waits until they work. */
  void start() throws IOException, InterruptedException {
    for (Child broker : cluster.children()) {
      broker.start();
    }
    await(cluster.children());
    for (Child service : services) {
      service.start();
    }
    await(services);
  }

  private void await(List<Child> children) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!children.stream().allMatch(Child::ready)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "expected all of %s to work within %d s"
                .formatted(
                    children.stream().map(Child::name).collect(Collectors.joining(", ")),
                    LONGEST_START.toSeconds()));
      }
      keepAlive();
      Thread.sleep(LOOK_MILLIS);
    }
  }

  /** Starts again what has ended. */
  void keepAlive() throws IOException {
    long now = System.nanoTime();
    for (Child child : all) {
      if (child.started()) {
        Optional<String> end = child.keepAlive(now);
        if (end.isPresent()) {
          ended++;
          say.accept("%s ended by itself with %s".formatted(child.name(), end.get()));
        }
      }
    }
  }

  /** Brokers first, then the services in the order of {@link Party#SERVICES}. */
  List<Child> all() {
    return all;
  }

  /** What the connections of a process to the brokers go through; none for a broker. */
  List<FaultProxy> proxies(int process) {
    int service = process - cluster.children().size();
    return service < 0 ? List.of() : cluster.proxies(Party.SERVICES.get(service));
  }

  /** Takes away what a process keeps on its own disk; only ingest keeps anything. */
  boolean loseDisk(Child child) throws IOException {
    boolean keeps = child.name().equals(Party.INGEST.label()) && Files.exists(ingestState);
    if (keeps) {
      delete(ingestState);
    }
    return keeps;
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path of, IOException e) throws IOException {
            Files.deleteIfExists(of);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** How often one ended without having been killed. */
  int ended() {
    return ended;
  }

  /** Ends the services in good order; the brokers stay. */
  void stopServices() {
    for (Child service : services) {
      service.close();
    }
  }

  @Override
  public void close() {
    stopServices();
  }
}
